// Learning templates: which words of a question name which slot, and is the rest free of its
// domain.
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "idi/sql/translate.hpp"
#include "rewrite.hpp"
#include "template.hpp"

namespace idi::synth {
namespace {

/// A word that is in questions about fewer databases than this belongs to a domain.
constexpr int min_databases_of_common_word = 10;

using Tokens = std::vector<link::QuestionToken>;

struct Span {
  int begin = 0, end = 0;
};

class DocumentFrequency {
 public:
  void add(const std::string& database, const Tokens& tokens) {
    for (const auto& token : tokens) databases_[token.stem].insert(database);
  }
  [[nodiscard]] bool is_common(const std::string& stem) const {
    const auto found = databases_.find(stem);
    return found != databases_.end() &&
           static_cast<int>(found->second.size()) >= min_databases_of_common_word;
  }

 private:
  std::unordered_map<std::string, std::set<std::string>> databases_;
};

/// Marks question words as taken by slots.
class Claims {
 public:
  explicit Claims(const Tokens& tokens) : tokens_(tokens), taken_(tokens.size(), false) {}

  /// The first free run of words whose stems are these.
  std::optional<Span> claim(const Tokens& name) {
    const int n = static_cast<int>(name.size());
    if (n == 0) return std::nullopt;
    for (int begin = 0; begin + n <= static_cast<int>(tokens_.size()); ++begin) {
      if (matches(begin, name)) return take({begin, begin + n});
    }
    return std::nullopt;
  }
  [[nodiscard]] bool is_taken(std::size_t token) const { return taken_[token]; }

 private:
  [[nodiscard]] bool matches(int begin, const Tokens& name) const {
    for (std::size_t i = 0; i < name.size(); ++i) {
      const std::size_t at = static_cast<std::size_t>(begin) + i;
      if (taken_[at] || tokens_[at].stem != name[i].stem) return false;
    }
    return true;
  }
  Span take(Span span) {
    for (int i = span.begin; i < span.end; ++i) taken_[static_cast<std::size_t>(i)] = true;
    return span;
  }

  const Tokens& tokens_;
  std::vector<bool> taken_;
};

struct Mention {
  Span span;
  Piece piece;
};

class Learner {
 public:
  Learner(const Schema& schema, const DocumentFrequency& frequency)
      : schema_(schema), frequency_(frequency) {}

  /// The template, or the reason why there is none.
  std::optional<Template> learn(const Pair& pair, std::string& reason) {
    const auto query = sql::to_ir(pair.sql, schema_);
    if (!query) return drop(reason, "no intermediate representation");
    form_ = Template{};
    form_.query = *query;
    form_.database = pair.database;
    collect_slots();
    if (form_.literals.size() > 3 || form_.tables.size() > 4) return drop(reason, "too many slots");
    if (has_twin_names()) return drop(reason, "two slots of one name");
    const Tokens tokens = link::tokenize(pair.question);
    Claims claims(tokens);
    if (!find_literals(claims)) return drop(reason, "a value is not in the question");
    find_columns(claims);
    find_tables(claims, tokens);
    if (!implicit_columns_are_carriable()) return drop(reason, "an unnamed column");
    if (!rest_is_common(tokens, claims)) return drop(reason, "words of its domain");
    cut_question(pair.question, tokens);
    collect_references();
    return form_;
  }

 private:
  static std::optional<Template> drop(std::string& reason, const char* why) {
    reason = why;
    return std::nullopt;
  }

  int add_table(int table) {
    const int known = slot_of_table(form_, table);
    if (known >= 0) return known;
    form_.tables.push_back({table, false});
    return static_cast<int>(form_.tables.size()) - 1;
  }

  int add_column(ColumnRef column) {
    const int known = slot_of_column(form_, column);
    if (known >= 0) return known;
    ColumnSlot slot;
    slot.source = column;
    slot.table_slot = add_table(column.table);
    slot.type = schema_.column(column).type;
    slot.role = role_of(schema_, column);
    form_.columns.push_back(slot);
    return static_cast<int>(form_.columns.size()) - 1;
  }

  void collect_slots() {
    mentions_.clear();
    const Rewriter collector{
        [this](ColumnRef column) { return add_column(column), column; },
        [this](int table) { return add_table(table), table; },
        [this](const ir::Literal& literal, ColumnRef compared) {
          const bool fixed = literal.text == "1" || literal.text == "0";
          if (slot_of_literal(form_, literal, compared) < 0 && !(fixed && compared.table < 0)) {
            form_.literals.push_back({literal, compared.table < 0 ? -1 : add_column(compared)});
          }
          return literal;
        }};
    static_cast<void>(rewrite(form_.query, collector));
  }

  [[nodiscard]] bool has_twin_names() const {
    std::set<std::string> names;
    for (const auto& column : form_.columns) {
      const bool is_key = column.role == Role::foreign_key || column.role == Role::primary_key;
      if (!is_key && !names.insert(schema_.column(column.source).natural_name).second) return true;
    }
    return false;
  }

  void mention(Span span, Piece::Kind kind, std::size_t slot) {
    Piece piece;
    piece.kind = kind;
    piece.slot = static_cast<int>(slot);
    mentions_.push_back({span, piece});
  }

  bool find_literals(Claims& claims) {
    for (std::size_t i = 0; i < form_.literals.size(); ++i) {
      const ir::Literal& literal = form_.literals[i].source;
      // A single letter is mostly an article in the question.
      const bool letter = literal.kind == ir::Literal::Kind::text && literal.text.size() < 2;
      const auto span = letter ? std::nullopt : claims.claim(link::tokenize(literal.text));
      if (!span) return false;
      mention(*span, Piece::Kind::literal, i);
    }
    return true;
  }

  /// Longer names first, so that "home town" is not taken for "town".
  void find_columns(Claims& claims) {
    std::vector<std::pair<Tokens, std::size_t>> names;
    for (std::size_t i = 0; i < form_.columns.size(); ++i) {
      names.emplace_back(link::tokenize(schema_.column(form_.columns[i].source).natural_name), i);
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [name, slot] : names) {
      if (const auto span = claims.claim(name)) {
        form_.columns[slot].named = true;
        mention(*span, Piece::Kind::column, slot);
      }
    }
  }

  void find_tables(Claims& claims, const Tokens& tokens) {
    for (std::size_t i = 0; i < form_.tables.size(); ++i) {
      const Tokens name = link::tokenize(
          schema_.tables[static_cast<std::size_t>(form_.tables[i].source)].natural_name);
      // A table may be named more than once ("singers … each singer").
      while (const auto span = claims.claim(name)) {
        form_.tables[i].named = true;
        mention(*span, Piece::Kind::table, i);
        if (mentions_.size() > tokens.size()) break;
      }
    }
  }

  /// Unnamed columns must follow from their role; their table must be named then.
  [[nodiscard]] bool implicit_columns_are_carriable() const {
    for (const auto& column : form_.columns) {
      if (column.named) continue;
      if (column.role == Role::plain) return false;
      const bool table_named = form_.tables[static_cast<std::size_t>(column.table_slot)].named;
      if (column.role == Role::name && !table_named) return false;
    }
    return std::any_of(form_.tables.begin(), form_.tables.end(),
                       [](const TableSlot& table) { return table.named; }) ||
           std::any_of(form_.columns.begin(), form_.columns.end(),
                       [](const ColumnSlot& column) { return column.named; });
  }

  [[nodiscard]] bool rest_is_common(const Tokens& tokens, const Claims& claims) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!claims.is_taken(i) && !frequency_.is_common(tokens[i].stem)) return false;
    }
    return true;
  }

  void cut_question(const std::string& question, const Tokens& tokens) {
    std::sort(mentions_.begin(), mentions_.end(),
              [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
    std::size_t at = 0;
    for (const Mention& found : mentions_) {
      const auto& first = tokens[static_cast<std::size_t>(found.span.begin)];
      const auto& last = tokens[static_cast<std::size_t>(found.span.end - 1)];
      form_.pieces.push_back({Piece::Kind::text, question.substr(at, first.begin - at), 0, false});
      Piece piece = found.piece;
      piece.plural = last.lower.ends_with('s') && !name_of(piece).ends_with('s');
      form_.pieces.push_back(piece);
      at = last.end;
    }
    form_.pieces.push_back({Piece::Kind::text, question.substr(at), 0, false});
  }

  [[nodiscard]] std::string name_of(const Piece& piece) const {
    const auto slot = static_cast<std::size_t>(piece.slot);
    if (piece.kind == Piece::Kind::column) {
      return schema_.column(form_.columns[slot].source).natural_name;
    }
    if (piece.kind == Piece::Kind::table) {
      return schema_.tables[static_cast<std::size_t>(form_.tables[slot].source)].natural_name;
    }
    return "s";  // values are never put into the plural
  }

  void collect_references() {
    for (const ForeignKey& key : schema_.foreign_keys) {
      const int child = slot_of_table(form_, key.from.table);
      const int parent = slot_of_table(form_, key.to.table);
      if (child >= 0 && parent >= 0 && child != parent)
        form_.references.emplace_back(child, parent);
    }
  }

  const Schema& schema_;
  const DocumentFrequency& frequency_;
  Template form_;
  std::vector<Mention> mentions_;
};

}  // namespace

TemplateBank::TemplateBank() = default;
TemplateBank::~TemplateBank() = default;
TemplateBank::TemplateBank(TemplateBank&&) noexcept = default;
TemplateBank& TemplateBank::operator=(TemplateBank&&) noexcept = default;

TemplateBank TemplateBank::learn(const std::vector<Pair>& pairs, const Schemas& schemas) {
  DocumentFrequency frequency;
  for (const Pair& pair : pairs) frequency.add(pair.database, link::tokenize(pair.question));
  TemplateBank bank;
  for (const Pair& pair : pairs) {
    ++bank.report_.pairs;
    const auto schema = schemas.find(pair.database);
    if (schema == schemas.end()) {
      ++bank.report_.dropped["unknown database"];
      continue;
    }
    std::string reason;
    Learner learner(schema->second, frequency);
    if (auto form = learner.learn(pair, reason)) {
      bank.templates_.push_back(std::move(*form));
    } else {
      ++bank.report_.dropped[reason];
    }
  }
  bank.report_.templates = static_cast<int>(bank.templates_.size());
  return bank;
}

}  // namespace idi::synth
