#include "idi/engine/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace idi::engine {
namespace {

using ir::Symbol;

std::string_view word_of(Symbol symbol) {
  switch (symbol) {
    case Symbol::distinct:
    case Symbol::distinct_argument:
      return "distinct";
    case Symbol::join:
      return "join";
    case Symbol::on:
      return "on";
    case Symbol::where:
      return "where";
    case Symbol::group:
      return "group by";
    case Symbol::having:
      return "having";
    case Symbol::order_asc:
    case Symbol::order_desc:
      return "order by";
    case Symbol::limit:
      return "limit";
    case Symbol::unite:
      return "union";
    case Symbol::intersect:
      return "intersect";
    case Symbol::except:
      return "except";
    case Symbol::count:
      return "count(";
    case Symbol::sum:
      return "sum(";
    case Symbol::avg:
      return "avg(";
    case Symbol::min:
      return "min(";
    case Symbol::max:
      return "max(";
    case Symbol::year:
      return "year(";
    case Symbol::month:
    case Symbol::month_number:
      return "month(";
    case Symbol::day:
      return "day(";
    case Symbol::quarter:
      return "quarter(";
    case Symbol::week:
      return "week(";
    case Symbol::weekday:
      return "weekday(";
    case Symbol::date:
      return "date(";
    case Symbol::when:
      return "when";
    case Symbol::share:
      return "share of";
    case Symbol::running:
      return "running";
    case Symbol::change:
      return "change of";
    case Symbol::growth:
      return "growth of";
    case Symbol::per:
      return "per";
    case Symbol::add:
      return "+";
    case Symbol::subtract:
      return "-";
    case Symbol::multiply:
      return "*";
    case Symbol::divide:
      return "/";
    case Symbol::and_:
      return "and";
    case Symbol::or_:
      return "or";
    case Symbol::open:
      return "(";
    case Symbol::close:
      return ")";
    case Symbol::equal:
      return "=";
    case Symbol::not_equal:
      return "<>";
    case Symbol::less:
      return "<";
    case Symbol::greater:
      return ">";
    case Symbol::less_equal:
      return "<=";
    case Symbol::greater_equal:
      return ">=";
    case Symbol::like:
    case Symbol::like_prefix:
    case Symbol::like_suffix:
      return "like";
    case Symbol::not_like:
    case Symbol::not_like_prefix:
    case Symbol::not_like_suffix:
      return "not like";
    case Symbol::between:
      return "between";
    case Symbol::not_between:
      return "not between";
    case Symbol::in:
      return "in";
    case Symbol::not_in:
      return "not in";
    case Symbol::is_null:
      return "is null";
    case Symbol::not_null:
      return "is not null";
    case Symbol::any_value:
      return "…";
    case Symbol::one:
      return "1";
    case Symbol::zero:
      return "0";
    case Symbol::subquery:
      return "(";
    case Symbol::end:
    case Symbol::as_column:
    case Symbol::symbol_count:
      break;
  }
  return "";
}

bool is_between(Symbol symbol, Symbol first, Symbol last) {
  return symbol >= first && symbol <= last;
}

/// What waits for expressions: a function for its argument, an arithmetic sign for two.
struct Waiting {
  int operands = 1;
  std::string between, after;
};

class DraftWriter {
 public:
  DraftWriter(const Schema& schema, const link::LinkedQuestion& question)
      : schema_(schema), question_(question) {
    words_.emplace_back("select");
  }

  void add(ir::Token token) {
    switch (token.kind) {
      case ir::Token::Kind::symbol:
        add_symbol(static_cast<Symbol>(token.index));
        break;
      case ir::Token::Kind::column: {
        const ColumnRef column = schema_.from_flat_index(token.index);
        add_operand(
            fmt::format("{}.{}", schema_.table_of(column).name, schema_.column(column).name));
        break;
      }
      case ir::Token::Kind::table: {
        const auto& name = schema_.tables[static_cast<std::size_t>(token.index)].name;
        add_operand(last_ == Symbol::join ? name : name + ".*");
        break;
      }
      case ir::Token::Kind::value: {
        const auto& value = question_.values[static_cast<std::size_t>(token.index)];
        std::string text =
            value.kind == link::ValueKind::number ? value.text : fmt::format("'{}'", value.text);
        if (goes_on_in_list())
          words_.push_back(", " + text);
        else
          add_operand(std::move(text));
        break;
      }
    }
  }

  std::vector<std::string> take() && { return std::move(words_); }

 private:
  /// Items of a list are told apart by a comma before all but the first.
  std::string list_mark() {
    if (!waiting_.empty() || !in_list_ || leaf_ || is_between(last_, Symbol::share, Symbol::growth))
      return {};
    return std::exchange(list_begun_, true) ? ", " : "";
  }

  /// Behind the first value of an IN within WHEN nothing waits but the aggregate, which takes none.
  bool goes_on_in_list() const {
    if (leaf_) return leaf_->compared && waiting_.empty();
    return !waiting_.empty() && waiting_.back().after == ")" && waiting_.back().between.empty();
  }

  void begin_list(bool is_list) {
    in_list_ = is_list;
    list_begun_ = false;
    waiting_.clear();
  }

  void add_operand(std::string text) {
    text = list_mark() + text;
    while (!waiting_.empty()) {
      Waiting& top = waiting_.back();
      if (--top.operands > 0) {
        text += top.between;
        break;
      }
      text += top.after;
      waiting_.pop_back();
    }
    words_.push_back(std::move(text));
    end_leaf();
  }

  /// A word of the condition behind WHEN; true if there is nothing else to do with it.
  bool add_to_leaf(Symbol symbol, const std::string& word) {
    if (symbol == Symbol::open) ++leaf_->parentheses;
    if (symbol == Symbol::close) --leaf_->parentheses;
    const bool connective = symbol == Symbol::and_ || symbol == Symbol::or_;
    const bool comparison = is_between(symbol, Symbol::equal, Symbol::not_null) &&
                            symbol != Symbol::between && symbol != Symbol::not_between;
    if (!connective && !comparison && symbol != Symbol::open && symbol != Symbol::close) {
      leaf_->compared =
          leaf_->compared || symbol == Symbol::between || symbol == Symbol::not_between;
      return false;
    }
    words_.push_back(word);
    leaf_->compared = !connective && (leaf_->compared || comparison);
    if (comparison && symbol != Symbol::is_null && symbol != Symbol::not_null) {
      waiting_.push_back({1, {}, {}});
    }
    end_leaf();
    return true;
  }

  /// The aggregate goes on once its condition is complete.
  void end_leaf() {
    if (!leaf_ || !leaf_->compared || leaf_->parentheses > 0 || !waiting_.empty()) return;
    waiting_ = std::move(leaf_->aggregate);
    leaf_.reset();
  }

  void add_symbol(Symbol symbol) {
    const std::string word(word_of(symbol));
    if (leaf_ && add_to_leaf(symbol, word)) {
      last_ = symbol;
      return;
    }
    if (symbol == Symbol::when) {
      leaf_ = Leaf{std::exchange(waiting_, {})};
      words_.push_back(word);
    } else if (is_between(symbol, Symbol::count, Symbol::max) ||
               is_between(symbol, Symbol::year, Symbol::day) ||
               is_between(symbol, Symbol::quarter, Symbol::date)) {
      words_.push_back(list_mark() + word);
      waiting_.push_back({1, {}, ")"});
    } else if (is_between(symbol, Symbol::add, Symbol::divide)) {
      words_.push_back(list_mark() + "(");
      waiting_.push_back({2, " " + word, ")"});
    } else if (is_between(symbol, Symbol::share, Symbol::growth)) {
      words_.push_back(list_mark() + word);
    } else if (symbol == Symbol::between || symbol == Symbol::not_between) {
      words_.push_back(word);
      waiting_.push_back({2, " and", {}});
    } else if (symbol == Symbol::order_asc || symbol == Symbol::order_desc) {
      begin_list(false);
      words_.emplace_back(std::exchange(ordered_, true) ? "," : word);
      waiting_.push_back({1, {}, symbol == Symbol::order_desc ? " desc" : ""});
    } else if (symbol == Symbol::any_value || symbol == Symbol::one || symbol == Symbol::zero) {
      add_operand(word);
    } else if (symbol == Symbol::subquery || is_between(symbol, Symbol::unite, Symbol::except)) {
      begin_list(true);
      ordered_ = false;
      words_.push_back(word + (symbol == Symbol::subquery ? "select" : " select"));
    } else if (symbol == Symbol::end || symbol == Symbol::as_column) {
      if (symbol == Symbol::end) begin_list(false);
    } else {
      if (symbol != Symbol::distinct && symbol != Symbol::distinct_argument) {
        begin_list(symbol == Symbol::group || symbol == Symbol::per || symbol == Symbol::in ||
                   symbol == Symbol::not_in);
      }
      words_.push_back(word);
    }
    last_ = symbol;
  }

  /// The condition behind WHEN, while it is written, and what waits for its end.
  struct Leaf {
    std::vector<Waiting> aggregate;
    int parentheses = 0;
    bool compared = false;
  };

  const Schema& schema_;
  const link::LinkedQuestion& question_;
  std::optional<Leaf> leaf_;
  std::vector<std::string> words_;
  std::vector<Waiting> waiting_;
  Symbol last_ = Symbol::end;
  bool in_list_ = true, list_begun_ = false, ordered_ = false;
};

}  // namespace

std::vector<std::string> draft_words(std::span<const ir::Token> tokens, const Schema& schema,
                                     const link::LinkedQuestion& question) {
  DraftWriter writer(schema, question);
  for (const ir::Token token : tokens) writer.add(token);
  return std::move(writer).take();
}

void DraftTeller::show(std::vector<std::string> words) {
  const auto [here, there] =
      std::mismatch(words.begin(), words.end(), shown_.begin(), shown_.end());
  static_cast<void>(there);
  auto from = static_cast<std::size_t>(here - words.begin());
  if (from == words.size()) {
    // Shorter, and the same so far: its last word, told again, cuts what stood behind it.
    if (words.size() == shown_.size() || words.empty()) return;
    --from;
  }
  for (std::size_t i = from; i < words.size(); ++i) tell_({words[i], i});
  shown_ = std::move(words);
}

}  // namespace idi::engine
