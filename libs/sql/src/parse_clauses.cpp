#include "idi/core/text.hpp"
#include "no_words.hpp"
#include "statement_parser.hpp"

namespace idi::sql {

using ast::ExpressionPtr;

Result<ast::SelectPtr> StatementParser::parse_chain() {
  const Nesting nesting(depth_);
  IDI_CHECK(check_nesting());
  if (next_is("with")) return no_words_for("WITH");
  if (next_is("values")) return no_words_for("VALUES");
  IDI_TRY(ast::SelectPtr first, parse_core());
  ast::SelectPtr last = first;
  while (next_is("union") || next_is("intersect") || next_is("except")) {
    IDI_CHECK(count_operator());
    last->set_operator = text::to_lower_ascii(peek()->text);
    ++position_;
    if (take_if("all")) last->set_operator += " all";
    IDI_TRY(last->set_right, parse_core());
    last = last->set_right;
  }
  return first;
}

Result<ast::SelectPtr> StatementParser::parse_core() {
  IDI_CHECK(expect("select"));
  auto select = std::make_shared<ast::Select>();
  select->distinct = take_if("distinct");
  if (!select->distinct) take_if("all");
  do {
    IDI_TRY(ast::Item item, parse_item());
    select->items.push_back(std::move(item));
  } while (take_if(","));
  if (take_if("from")) {
    IDI_CHECK(parse_from(*select));
  }
  if (take_if("where")) {
    IDI_TRY(select->where, parse_expression());
  }
  if (take_if("group")) {
    IDI_CHECK(expect("by"));
    do {
      IDI_TRY(ExpressionPtr key, parse_expression());
      select->group_by.push_back(std::move(key));
    } while (take_if(","));
  }
  if (take_if("having")) {
    IDI_TRY(select->having, parse_expression());
  }
  if (take_if("order")) {
    IDI_TRY(select->order_by, parse_order());
  }
  if (take_if("limit")) {
    IDI_TRY(select->limit, parse_expression());
    if (next_is("offset") || next_is(",")) return no_words_for("OFFSET");
  }
  if (next_is("window")) return no_words_for("WINDOW");
  return select;
}

Result<std::vector<ast::OrderTerm>> StatementParser::parse_order() {
  std::vector<ast::OrderTerm> terms;
  IDI_CHECK(expect("by"));
  do {
    ast::OrderTerm term;
    IDI_TRY(term.expression, parse_expression());
    term.descending = take_if("desc");
    if (!term.descending) take_if("asc");
    terms.push_back(std::move(term));
  } while (take_if(","));
  return terms;
}

Result<ast::Item> StatementParser::parse_item() {
  ast::Item item;
  IDI_TRY(item.expression, parse_expression());
  if (take_if("as")) {
    if (!name_follows() && !string_follows()) return unexpected("a name after AS");
    item.alias = tokens_[position_++].text;
  } else if (name_follows() &&
             !(peek()->kind == SqlToken::Kind::word && is_clause_word(peek()->text))) {
    item.alias = tokens_[position_++].text;
  }
  return item;
}
bool StatementParser::string_follows() const {
  return peek() != nullptr && peek()->kind == SqlToken::Kind::string;
}

Status StatementParser::parse_from(ast::Select& select) {
  IDI_CHECK(parse_table(select, ast::JoinKind::comma));
  for (;;) {
    if (take_if(",")) {
      IDI_CHECK(parse_table(select, ast::JoinKind::comma));
      continue;
    }
    ast::JoinKind kind = ast::JoinKind::inner;
    bool any = false;
    if (take_if("natural")) {
      kind = ast::JoinKind::natural;
      any = true;
    }
    while (next_is("left") || next_is("right") || next_is("full") || next_is("outer")) {
      ++position_;
      kind = ast::JoinKind::outer;
      any = true;
    }
    while (next_is("inner") || next_is("cross")) {
      ++position_;
      any = true;
    }
    if (!take_if("join")) {
      if (any) return unexpected("JOIN");
      return {};
    }
    IDI_CHECK(parse_table(select, kind));
  }
}

Status StatementParser::parse_table(ast::Select& select, ast::JoinKind kind) {
  const Nesting nesting(depth_);
  IDI_CHECK(check_nesting());
  ast::TableReference reference;
  reference.join = kind;
  if (take_if("(")) {
    if (!next_is("select")) return no_words_for("parentheses around joins");
    IDI_TRY(reference.derived, parse_chain());
    IDI_CHECK(expect(")"));
  } else {
    if (!name_follows()) return unexpected("a table");
    reference.name = tokens_[position_++].text;
    if (take_if(".")) {
      if (!name_follows()) return unexpected("a table");
      reference.name = tokens_[position_++].text;  // main.singer
    }
  }
  const bool has_as = take_if("as");
  if (has_as && !name_follows()) return unexpected("an alias");
  if (has_as ||
      (name_follows() && !(peek()->kind == SqlToken::Kind::word && is_clause_word(peek()->text)))) {
    reference.alias = tokens_[position_++].text;
  }
  if (take_if("on")) {
    IDI_TRY(reference.on, parse_expression());
  } else if (take_if("using")) {
    IDI_CHECK(expect("("));
    do {
      if (!name_follows()) return unexpected("a column");
      reference.using_columns.push_back(tokens_[position_++].text);
    } while (take_if(","));
    IDI_CHECK(expect(")"));
  }
  select.from.push_back(std::move(reference));
  return {};
}

}  // namespace idi::sql
