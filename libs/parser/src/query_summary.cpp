#include "query_summary.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace idi::parser {

namespace {

using ir::Symbol;
using Kind = ir::Token::Kind;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool one_of(Symbol symbol, std::initializer_list<Symbol> symbols) {
  return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

bool in_range(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
}

/// "-est" forms that begin with the small end; all others begin with the large one.
bool means_least(std::string_view word) {
  return one_of(word, {"least", "youngest", "smallest", "lowest", "shortest", "fewest", "cheapest",
                       "earliest", "slowest", "lightest", "nearest", "closest", "weakest",
                       "minimum", "min", "worst"});
}
bool means_greatest(std::string_view word) {
  return one_of(word, {"most", "oldest", "largest", "highest", "longest", "biggest", "greatest",
                       "latest", "fastest", "heaviest", "tallest", "newest", "richest", "strongest",
                       "maximum", "max", "best", "top"});
}

}  // namespace

Cues cues_of(const link::LinkedQuestion& question) {
  Cues cues;
  std::string_view before;
  std::string_view before_that;
  for (const link::QuestionToken& token : question.tokens) {
    const std::string_view word = token.lower;
    const bool superlative_form = word.size() > 5 && word.ends_with("est") &&
                                  !one_of(word, {"interest", "request", "forest"});
    if ((superlative_form || means_least(word) || means_greatest(word) ||
         one_of(word, {"first", "last"})) &&
        before != "at") {
      cues.superlative = true;
      cues.least = cues.least || means_least(word);
      cues.greatest = cues.greatest || means_greatest(word);
    }
    if (one_of(word, {"ascending", "alphabetical", "alphabetically", "alphabetic", "increasing"}))
      cues.least = true;
    if (one_of(word, {"descending", "decreasing"})) cues.greatest = true;
    if (word == "many" && before == "how") cues.count = true;
    if ((word == "number" && one_of(before, {"the", "total", "a"})) || word == "count")
      cues.count = true;
    if (one_of(word, {"each", "every", "per"})) cues.group = true;
    if (one_of(word, {"average", "mean", "avg"})) cues.average = true;
    if (one_of(word, {"total", "sum", "overall"})) cues.sum = true;
    if (one_of(word, {"not", "no", "never", "without", "except", "neither", "nor", "excluding",
                      "don't", "doesn't", "didn't", "isn't", "aren't", "cannot", "none"}))
      cues.negation = true;
    if (one_of(word, {"different", "distinct", "unique", "various"})) cues.distinct = true;
    if (one_of(word,
               {"than", "above", "below", "over", "under", "exceed", "exceeds", "between", "after",
                "before", "older", "younger", "greater", "larger", "smaller", "higher", "lower"}) ||
        (before == "at" && one_of(word, {"least", "most"})))
      cues.comparison = true;
    if ((before_that == "what" && before == "is" && word == "the") ||
        (before == "who" && word == "is") || (before == "which" && word == "one"))
      cues.singular = true;
    before_that = before;
    before = word;
  }
  return cues;
}

namespace {

/// The column that a key stands for: follows foreign keys to their end.
ColumnRef root_of(const Schema& schema, ColumnRef column) {
  constexpr int max_steps = 8;  // keys may refer in a circle
  for (int step = 0; step < max_steps; ++step) {
    const auto key = std::find_if(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                                  [column](const ForeignKey& k) { return k.from == column; });
    if (key == schema.foreign_keys.end()) break;
    column = key->to;
  }
  return column;
}

/// "a IN (SELECT b …)" where one of them is a key, and they are keys of different things.
bool is_strange_membership(const Schema& schema, int left, int right) {
  const ColumnRef a = schema.from_flat_index(left);
  const ColumnRef b = schema.from_flat_index(right);
  const ColumnRef root_a = root_of(schema, a);
  const ColumnRef root_b = root_of(schema, b);
  const bool keys =
      root_a != a || root_b != b || schema.column(a).primary_key || schema.column(b).primary_key;
  return keys && root_a != root_b && schema.column(a).natural_name != schema.column(b).natural_name;
}

int count_strange_memberships(const std::vector<ir::Token>& tokens, const Schema& schema) {
  const auto is = [&](std::size_t i, Symbol symbol) {
    return tokens[i].kind == Kind::symbol && tokens[i].index == static_cast<int>(symbol);
  };
  int strange = 0;
  for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
    const bool membership = (is(i + 1, Symbol::in) || is(i + 1, Symbol::not_in)) &&
                            is(i + 2, Symbol::subquery) && tokens[i].kind == Kind::column &&
                            tokens[i + 3].kind == Kind::column;
    if (membership && is_strange_membership(schema, tokens[i].index, tokens[i + 3].index)) {
      ++strange;
    }
  }
  return strange;
}

class Summarizer {
 public:
  Summarizer(const link::LinkedQuestion& question, const Schema& schema)
      : question_(question), schema_(schema) {}

  QuerySummary run(const Candidate& candidate) {
    for (const ir::Token& token : candidate.tokens) {
      if (token.kind == Kind::symbol)
        read(static_cast<Symbol>(token.index));
      else
        read_pointer(token);
    }
    summary_.strange_keys = count_strange_memberships(candidate.tokens, schema_);
    summary_.ungrouped = plain_items_ && aggregated_items_ && !summary_.grouped;
    return std::move(summary_);
  }

 private:
  void read(Symbol symbol) {
    using enum Symbol;
    if (in_range(symbol, join, except) || symbol == end || symbol == subquery) in_select_ = false;
    if (symbol == when) {
      leaf_ = Leaf{previous_};
      return;
    }
    switch (symbol) {
      case distinct:
      case distinct_argument:
        summary_.distinct = true;
        break;
      case join:
        ++summary_.extra_tables;
        break;
      case on:
        ++summary_.join_hints;
        break;
      case group:
        summary_.grouped = true;
        break;
      case order_asc:
        summary_.ordered = summary_.ascending = true;
        break;
      case order_desc:
        summary_.ordered = summary_.descending = true;
        break;
      case limit:
        summary_.limited = true;
        break;
      case unite:
      case intersect:
        ++summary_.set_operations;
        break;
      case except:
        ++summary_.set_operations;
        summary_.negated = true;
        break;
      case count:
        summary_.counted = true;
        break;
      case sum:
        summary_.summed = true;
        break;
      case avg:
        summary_.averaged = true;
        break;
      case min:
        summary_.extreme = summary_.ascending = true;
        break;
      case max:
        summary_.extreme = summary_.descending = true;
        break;
      case and_:
      case or_:
      case where:
      case having:
        connector_ = symbol;
        break;
      case any_value:
        ++summary_.any_values;
        break;
      case one:
      case zero:
        if (in_operand_ && last_type_ == ColumnType::text && !last_aggregated_)
          ++summary_.odd_literals;
        break;
      case subquery:
        ++summary_.subqueries;
        break;
      default:
        break;
    }
    if (in_range(symbol, count, max)) {
      ++summary_.aggregates;
      if (in_select_) aggregated_items_ = true;
    }
    in_operand_ = in_range(symbol, equal, not_null);
    if (in_operand_) read_comparison(symbol);
    previous_ = symbol;
    if (leaf_) read_leaf(symbol);
  }

  /// A word within WHEN; its end gives the word back to the aggregate.
  void read_leaf(Symbol symbol) {
    using enum Symbol;
    if (symbol == open) ++leaf_->parentheses;
    if (symbol == and_ || symbol == or_) leaf_->operands = -1;
    if (symbol == close) --leaf_->parentheses;
    if (in_range(symbol, equal, not_null)) {
      const bool none = symbol == is_null || symbol == not_null;
      leaf_->operands = none ? 0 : symbol == between || symbol == not_between ? 2 : 1;
    }
    if (in_range(symbol, any_value, zero)) --leaf_->operands;
    end_leaf();
  }
  void end_leaf() {
    if (leaf_->operands != 0 || leaf_->parentheses > 0) return;
    previous_ = leaf_->before;
    leaf_.reset();
  }

  void read_comparison(Symbol symbol) {
    using enum Symbol;
    ++summary_.conditions;
    if (one_of(symbol,
               {not_equal, not_like, not_like_prefix, not_like_suffix, not_between, not_in}))
      summary_.negated = true;
    if (in_range(symbol, less, greater_equal) || symbol == between) {
      summary_.compared = true;
      if (last_type_ == ColumnType::text && !last_aggregated_) ++summary_.type_conflicts;
    }
    comparison_ = symbol;
  }

  void read_pointer(const ir::Token& token) {
    if (token.kind == Kind::value) {
      summary_.values.insert(token.index);
      read_value(token.index);
      in_operand_ = false;
      count_operand();
      return;
    }
    if (in_select_ && !leaf_) read_item(token);
    if (token.kind == Kind::table) {
      summary_.tables.insert(token.index);
      return;
    }
    const ColumnRef column = schema_.from_flat_index(token.index);
    summary_.columns.insert(token.index);
    summary_.tables.insert(column.table);
    last_column_ = column;
    last_type_ = schema_.column(column).type;
    last_aggregated_ = previous_ && in_range(*previous_, Symbol::count, Symbol::avg);
    if ((previous_ == Symbol::sum || previous_ == Symbol::avg) && last_type_ == ColumnType::text)
      ++summary_.type_conflicts;
    previous_.reset();
    count_operand();
  }

  /// A value, or a column behind AS_COLUMN, within WHEN.
  void count_operand() {
    if (!leaf_ || leaf_->operands <= 0) return;
    --leaf_->operands;
    end_leaf();
  }

  void read_item(const ir::Token& token) {
    ++summary_.select_items;
    const bool plain = !previous_ || *previous_ == Symbol::distinct;
    plain_items_ = plain_items_ || plain;
    const std::array<int, 3> item = {plain ? -1 : static_cast<int>(*previous_),
                                     static_cast<int>(token.kind), token.index};
    if (!items_.insert(item).second) ++summary_.repeated_items;
    if (token.kind == Kind::table) previous_.reset();
  }

  void read_value(int index) {
    if (index < 0 || index >= static_cast<int>(question_.values.size())) return;
    const auto& value = question_.values[static_cast<std::size_t>(index)];
    const bool words = value.kind == link::ValueKind::cell || value.kind == link::ValueKind::span;
    // A cell of another column than the one that it is compared with; words against numbers.
    if (value.kind == link::ValueKind::cell && comparison_ == Symbol::equal &&
        std::find(value.columns.begin(), value.columns.end(), last_column_) == value.columns.end())
      ++summary_.misplaced_cells;
    if (words && last_type_ == ColumnType::number) ++summary_.type_conflicts;
    const int column = schema_.flat_index(last_column_);
    const bool seen = !comparisons_.insert({column, static_cast<int>(comparison_), index}).second;
    const bool excluded =
        connector_ == Symbol::and_ && comparison_ == Symbol::equal && equated_.contains(column);
    if (seen || excluded) ++summary_.repeated_conditions;
    if (comparison_ == Symbol::equal) equated_.insert(column);
  }

  const link::LinkedQuestion& question_;
  const Schema& schema_;
  QuerySummary summary_;
  bool in_select_ = true;
  bool in_operand_ = false;
  bool plain_items_ = false, aggregated_items_ = false;
  std::set<std::array<int, 3>> items_, comparisons_;
  std::set<int> equated_;
  /// The condition of a WHEN, while it is read.
  struct Leaf {
    std::optional<Symbol> before;
    int operands = -1;  ///< That are missing; -1: the operator is missing too.
    int parentheses = 0;
  };
  std::optional<Leaf> leaf_;
  std::optional<Symbol> previous_;  ///< Symbol directly before, none after a pointer.
  Symbol comparison_ = Symbol::end;
  Symbol connector_ = Symbol::end;
  ColumnRef last_column_{0, 0};
  ColumnType last_type_ = ColumnType::other;
  bool last_aggregated_ = false;
};

}  // namespace

QuerySummary summarize(const Candidate& candidate, const link::LinkedQuestion& question,
                       const Schema& schema) {
  return Summarizer(question, schema).run(candidate);
}

}  // namespace idi::parser
