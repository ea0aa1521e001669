// Where the linker's findings are written: a name's symbol stands behind the last word of the words
// that are the whole name; a value's behind the last word that it covers, with columns that hold
// it. A word without either is followed by what it matches in part.
#include <algorithm>
#include <tuple>

#include "idi/nano_format/nano_format.hpp"
#include "spelling.hpp"

namespace idi::nano_format {
namespace {

using Kind = ir::Token::Kind;
using link::LinkedQuestion;
using link::NameMatch;

constexpr std::size_t max_exact_tables = 3, max_exact_columns = 6;
constexpr std::size_t max_weak_tables = 1, max_weak_columns = 3;
constexpr std::size_t max_value_columns = 3;

class QuestionWriter {
 public:
  QuestionWriter(const LinkedQuestion& question, const Schema& schema, const SymbolTable& symbols)
      : question_(question), schema_(schema), symbols_(symbols) {}

  std::string write() {
    append_word(text_, ask_word);
    for (std::size_t token = 0; token < question_.tokens.size(); ++token) {
      for (const std::string& word : plain_words(question_.tokens[token].lower)) {
        append_word(text_, word);
      }
      write_findings(token);
    }
    append_word(text_, out_word);
    return std::move(text_);
  }

 private:
  struct Finding {
    NameMatch match;
    double score;
    int number;
  };

  [[nodiscard]] NameMatch match(Kind kind, std::size_t token, std::size_t item) const {
    return kind == Kind::table ? question_.token_table[token * question_.tables.size() + item]
                               : question_.token_column[token * question_.columns.size() + item];
  }
  [[nodiscard]] std::size_t items(Kind kind) const {
    return kind == Kind::table ? question_.tables.size() : question_.columns.size();
  }
  [[nodiscard]] double score(Kind kind, std::size_t item) const {
    const auto& scores = kind == Kind::table ? question_.table_scores : question_.column_scores;
    return item < scores.size() ? scores[item] : 0.0;
  }
  [[nodiscard]] int number(Kind kind, std::size_t item) const {
    return symbols_.number_of(kind, kind == Kind::table
                                        ? question_.tables[item]
                                        : schema_.flat_index(question_.columns[item]));
  }

  /// Best first. Exact: only where the run of words that are the name ends here.
  [[nodiscard]] std::vector<Finding> findings(Kind kind, std::size_t token, bool exact,
                                              std::size_t most) const {
    std::vector<Finding> found;
    for (std::size_t item = 0; item < items(kind); ++item) {
      const NameMatch here = match(kind, token, item);
      if (here == NameMatch::none || (here == NameMatch::exact) != exact) continue;
      if (exact && token + 1 < question_.tokens.size() &&
          match(kind, token + 1, item) == NameMatch::exact) {
        continue;
      }
      const int shown = number(kind, item);
      if (shown >= 0) found.push_back({here, score(kind, item), shown});
    }
    std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
      return std::tie(a.match, a.score) > std::tie(b.match, b.score);
    });
    if (found.size() > most) found.resize(most);
    return found;
  }

  [[nodiscard]] bool is_exact_for_any(std::size_t token) const {
    for (const Kind kind : {Kind::table, Kind::column}) {
      for (std::size_t item = 0; item < items(kind); ++item) {
        if (match(kind, token, item) == NameMatch::exact) return true;
      }
    }
    return false;
  }

  void append(Kind kind, const std::vector<Finding>& found) {
    for (const Finding& finding : found) append_pointer(text_, kind, finding.number);
  }

  void write_findings(std::size_t token) {
    append(Kind::table, findings(Kind::table, token, true, max_exact_tables));
    append(Kind::column, findings(Kind::column, token, true, max_exact_columns));
    const bool valued = write_values(static_cast<int>(token));
    if (valued || is_exact_for_any(token)) return;
    const auto tables = findings(Kind::table, token, false, max_weak_tables);
    const auto columns = findings(Kind::column, token, false, max_weak_columns);
    if (tables.empty() && columns.empty()) return;
    append_word(text_, weak_word);
    append(Kind::table, tables);
    append(Kind::column, columns);
  }

  /// Whether a value covers this token.
  bool write_values(int token) {
    bool covered = false;
    for (std::size_t i = 0; i < question_.values.size(); ++i) {
      const link::ValueCandidate& value = question_.values[i];
      if (token < value.token_begin || token >= value.token_end) continue;
      covered = true;
      const int shown = symbols_.number_of(Kind::value, static_cast<int>(i));
      if (token != value.token_end - 1 || shown < 0) continue;
      append_pointer(text_, Kind::value, shown);
      std::size_t named = 0;
      for (const ColumnRef column : value.columns) {
        const int holder = symbols_.number_of(Kind::column, schema_.flat_index(column));
        if (holder < 0 || named == max_value_columns) continue;
        append_pointer(text_, Kind::column, holder);
        ++named;
      }
    }
    return covered;
  }

  const LinkedQuestion& question_;
  const Schema& schema_;
  const SymbolTable& symbols_;
  std::string text_;
};

}  // namespace

std::string question_text(const LinkedQuestion& question, const Schema& schema,
                          const SymbolTable& symbols) {
  return QuestionWriter(question, schema, symbols).write();
}

}  // namespace idi::nano_format
