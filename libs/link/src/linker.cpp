#include "idi/link/linker.hpp"

#include <algorithm>
#include <map>

#include "name_index.hpp"
#include "ranking.hpp"
#include "tokens.hpp"
#include "value_candidates.hpp"

namespace idi::link {
namespace {

constexpr int max_word_hits = 512;
constexpr int max_phrase_hits = 64;
constexpr std::size_t max_cell_ngram = 6;

class SchemaLinker final : public Linker {
 public:
  SchemaLinker(Schema schema, std::shared_ptr<const ValueIndex> values,
               std::shared_ptr<const WordNet> wordnet, temporal::Calendar calendar)
      : schema_(std::move(schema)),
        values_(values ? std::move(values) : ValueIndex::empty()),
        wordnet_(wordnet ? std::move(wordnet) : WordNet::none()),
        calendar_(std::move(calendar)),
        names_(schema_, wordnet_),
        flags_(flag_columns(schema_, *values_)) {
    int next = 0;
    for (const Table& table : schema_.tables) {
      first_columns_.push_back(next);
      next += static_cast<int>(table.columns.size());
    }
    speak_names();
    has_cells_ = is_any_cell_known();
  }

  LinkedQuestion link(std::string_view question, const LinkBudget& budget) const override {
    LinkedQuestion linked;
    linked.question = std::string(question);
    linked.tokens = tokenize_at_most(
        question, static_cast<std::size_t>(std::max(0, budget.max_tokens)), linked.question_cut);
    if (linked.question_cut) {
      const std::size_t end = linked.tokens.empty() ? 0 : linked.tokens.back().end;
      linked.question.resize(end);
    }
    const auto name_matches = names_.match(linked.tokens);
    const ValueSources sources{*values_, names_,         *wordnet_, calendar_,
                               flags_,   first_columns_, has_cells_};
    linked.values =
        find_values(linked.question, linked.tokens, name_matches, sources, budget.max_values);
    const auto cell_matches = match_cells(linked.tokens, linked.values);
    const ItemScores scores =
        score_items(schema_, first_columns_, names_, name_matches, cell_matches);
    Selection selection = select_items(schema_, first_columns_, scores, budget);
    linked.tables = std::move(selection.tables);
    linked.columns = std::move(selection.columns);
    fill(linked, name_matches, cell_matches, scores);
    return linked;
  }

  const Schema& schema() const override { return schema_; }
  const ValueIndex& values() const override { return *values_; }
  const WordNet& wordnet() const override { return *wordnet_; }
  const temporal::Calendar& calendar() const override { return calendar_; }

 private:
  [[nodiscard]] bool is_any_cell_known() const {
    for (std::size_t t = 0; t < schema_.tables.size(); ++t) {
      for (std::size_t c = 0; c < schema_.tables[t].columns.size(); ++c) {
        if (!values_->cells({static_cast<int>(t), static_cast<int>(c)}, 1).empty()) return true;
      }
    }
    return false;
  }

  /// Whoever reads names after linking gets them in plain words too ("airportname" → "airport
  /// name").
  void speak_names() {
    Item item = 0;
    for (Table& table : schema_.tables) table.natural_name = names_.spoken_name(item++);
    for (Table& table : schema_.tables) {
      for (Column& column : table.columns) column.natural_name = names_.spoken_name(item++);
    }
  }

  [[nodiscard]] int flat(ColumnRef column) const {
    return first_columns_[static_cast<std::size_t>(column.table)] + column.column;
  }
  [[nodiscard]] bool is_known(ColumnRef column) const {
    return column.table >= 0 && static_cast<std::size_t>(column.table) < schema_.tables.size() &&
           column.column >= 0 &&
           static_cast<std::size_t>(column.column) <
               schema_.tables[static_cast<std::size_t>(column.table)].columns.size();
  }

  /// Whole cells from the value candidates, parts of cells word by word.
  [[nodiscard]] std::vector<CellMatches> match_cells(
      const std::vector<QuestionToken>& tokens, const std::vector<ValueCandidate>& values) const {
    std::map<int, std::vector<CellMatch>> rows;
    const auto mark = [&](ColumnRef column, std::size_t begin, std::size_t end, CellMatch kind) {
      if (!is_known(column)) return;
      auto& row = rows[flat(column)];
      row.resize(tokens.size(), CellMatch::none);
      for (std::size_t i = begin; i < end; ++i) row[i] = std::max(row[i], kind);
    };
    for (const ValueCandidate& value : values) {
      if (value.kind != ValueKind::cell) continue;
      for (const ColumnRef column : value.columns) {
        mark(column, static_cast<std::size_t>(value.token_begin),
             static_cast<std::size_t>(value.token_end), CellMatch::exact);
      }
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (is_stopword(tokens[i].lower) || is_asking_word(tokens[i].lower)) continue;
      for (const CellHit& hit : values_->lookup_word(tokens[i].text, max_word_hits)) {
        mark(hit.column, i, i + 1, CellMatch::partial);
      }
    }
    std::vector<CellMatches> matches;
    for (auto& [column, row] : rows) matches.push_back({column, std::move(row)});
    return matches;
  }

  void fill(LinkedQuestion& linked, const std::vector<ItemMatches>& name_matches,
            const std::vector<CellMatches>& cell_matches, const ItemScores& scores) const {
    const std::size_t tables = linked.tables.size();
    const std::size_t columns = linked.columns.size();
    linked.token_table.assign(linked.tokens.size() * tables, NameMatch::none);
    linked.token_column.assign(linked.tokens.size() * columns, NameMatch::none);
    linked.token_cell.assign(linked.tokens.size() * columns, CellMatch::none);
    const auto column_position = [&](ColumnRef column) {
      return static_cast<std::size_t>(
          std::lower_bound(linked.columns.begin(), linked.columns.end(), column) -
          linked.columns.begin());
    };
    for (const ItemMatches& matches : name_matches) {
      const auto item = static_cast<std::size_t>(matches.item);
      if (item < schema_.tables.size()) {
        const auto found =
            std::lower_bound(linked.tables.begin(), linked.tables.end(), matches.item);
        if (found == linked.tables.end() || *found != matches.item) continue;
        const auto at = static_cast<std::size_t>(found - linked.tables.begin());
        for (std::size_t i = 0; i < matches.tokens.size(); ++i) {
          linked.token_table[i * tables + at] = matches.tokens[i];
        }
        continue;
      }
      const ColumnRef column = from_flat(static_cast<int>(item - schema_.tables.size()));
      const std::size_t at = column_position(column);
      if (at == columns || linked.columns[at] != column) continue;
      for (std::size_t i = 0; i < matches.tokens.size(); ++i) {
        linked.token_column[i * columns + at] = matches.tokens[i];
      }
    }
    for (const CellMatches& matches : cell_matches) {
      const ColumnRef column = from_flat(matches.column);
      const std::size_t at = column_position(column);
      if (at == columns || linked.columns[at] != column) continue;
      for (std::size_t i = 0; i < matches.tokens.size(); ++i) {
        linked.token_cell[i * columns + at] = matches.tokens[i];
      }
    }
    for (const int table : linked.tables) {
      linked.table_scores.push_back(scores.tables[static_cast<std::size_t>(table)]);
    }
    for (const ColumnRef column : linked.columns) {
      linked.column_scores.push_back(scores.columns[static_cast<std::size_t>(flat(column))]);
    }
  }

  [[nodiscard]] ColumnRef from_flat(int index) const {
    const auto after = std::upper_bound(first_columns_.begin(), first_columns_.end(), index);
    const auto table = static_cast<int>(after - first_columns_.begin()) - 1;
    return {table, index - first_columns_[static_cast<std::size_t>(table)]};
  }

  Schema schema_;
  std::shared_ptr<const ValueIndex> values_;
  std::shared_ptr<const WordNet> wordnet_;
  temporal::Calendar calendar_;
  NameIndex names_;
  std::vector<FlagColumn> flags_;
  std::vector<int> first_columns_;
  bool has_cells_ = false;
};

}  // namespace

std::shared_ptr<const Linker> Linker::make(Schema schema, std::shared_ptr<const ValueIndex> values,
                                           std::shared_ptr<const WordNet> wordnet,
                                           temporal::Calendar calendar) {
  return std::make_shared<SchemaLinker>(std::move(schema), std::move(values), std::move(wordnet),
                                        std::move(calendar));
}

}  // namespace idi::link
