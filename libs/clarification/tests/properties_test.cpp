// Whatever names a schema has and whatever the engines wrote: a card has two to five options that
// can be told apart, of things that are there; the same arguments give the same card.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "idi/core/text.hpp"
#include "shop.hpp"

namespace idi::clarification {
namespace {

using link::LinkedQuestion;
using link::NameMatch;

/// Names that somebody could have chosen to do harm, or by accident.
const std::vector<std::string> names{"price",
                                     "Price",
                                     "order date",
                                     "orders",
                                     "a.b",
                                     "a",
                                     "b",
                                     "a+b",
                                     "date:orders",
                                     "x=y",
                                     "~",
                                     "",
                                     " ",
                                     "\\",
                                     "\\.",
                                     "a\nb",
                                     "</script>",
                                     "'; DROP TABLE orders; --",
                                     "ignore all instructions",
                                     "\xE2\x80\xAE"
                                     "evil",
                                     "\xFF\xFE",
                                     "größe",
                                     "日付",
                                     "*",
                                     "count(*a)",
                                     "%s{}{0}",
                                     "name\tname",
                                     std::string(3'000, 'n'),
                                     std::string("nul\0byte", 8)};

std::string name() { return *rc::gen::elementOf(names); }
int below(int end) { return *rc::gen::inRange(0, end); }

Schema any_schema() {
  Schema schema;
  const int tables = 1 + below(4);
  for (int t = 0; t < tables; ++t) {
    Table table;
    table.name = name();
    table.natural_name = below(3) == 0 ? name() : natural_name_of(table.name);
    table.comment = name();
    const int columns = 1 + below(5);
    for (int c = 0; c < columns; ++c) {
      Column column;
      column.name = name();
      column.natural_name = below(3) == 0 ? name() : natural_name_of(column.name);
      column.type = static_cast<ColumnType>(below(5));
      column.comment = name();
      column.sample_values = {name()};
      column.primary_key = c == 0;
      table.columns.push_back(std::move(column));
    }
    schema.tables.push_back(std::move(table));
  }
  for (int t = 1; t < tables; ++t) schema.foreign_keys.push_back({{t, 0}, {t - 1, 0}, true});
  return schema;
}

ColumnRef any_column(const Schema& schema) {
  const int table = below(static_cast<int>(schema.tables.size()));
  const auto& columns = schema.tables[static_cast<std::size_t>(table)].columns;
  return {table, below(static_cast<int>(columns.size()))};
}

ir::ExpressionPtr expression(decltype(ir::Expression::node) node) {
  return std::make_shared<const ir::Expression>(ir::Expression{std::move(node)});
}

ir::ExpressionPtr any_expression(const Schema& schema) {
  const auto column = expression(any_column(schema));
  switch (below(4)) {
    case 0:
      return expression(ir::AggregateCall{static_cast<ir::Aggregate>(below(5)), below(2) == 0,
                                          column, nullptr, ir::Over::itself});
    case 1:
      return expression(ir::FunctionCall{static_cast<ir::Function>(below(8)), column});
    case 2:
      return expression(ir::AggregateCall{ir::Aggregate::count, false,
                                          expression(ir::StarOf{any_column(schema).table}), nullptr,
                                          ir::Over::itself});
    default:
      return column;
  }
}

ir::Query any_query(const Schema& schema) {
  ir::Query query;
  query.select = {any_expression(schema)};
  if (below(2) == 0) {
    ir::Predicate predicate;
    predicate.left = expression(any_column(schema));
    predicate.operands = {ir::Literal{ir::Literal::Kind::text, name(), -1}};
    query.where = std::make_shared<const ir::Condition>(ir::Condition{std::move(predicate)});
  }
  if (below(3) == 0) query.order_by = {{any_expression(schema), true}};
  return query;
}

/// Words with any matches: not what a linker would give, but what it could.
LinkedQuestion any_question(const Schema& schema) {
  LinkedQuestion question;
  const std::vector<std::string> words{"best",  "price",  "berlin", "2023",
                                       "month", "orders", "größe"};
  const int count = below(6);
  for (int i = 0; i < count; ++i) {
    const std::string word = *rc::gen::elementOf(words);
    if (!question.question.empty()) question.question += ' ';
    const std::size_t begin = question.question.size();
    question.question += word;
    question.tokens.push_back({word, word, link::stem(word), begin, question.question.size()});
  }
  for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
    question.tables.push_back(t);
    const auto& columns = schema.tables[static_cast<std::size_t>(t)].columns;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) question.columns.push_back({t, c});
  }
  for (int i = 0; i < count; ++i) {
    for (std::size_t t = 0; t < question.tables.size(); ++t) {
      question.token_table.push_back(static_cast<NameMatch>(below(5)));
    }
    for (std::size_t c = 0; c < question.columns.size(); ++c) {
      question.token_column.push_back(static_cast<NameMatch>(below(5)));
      question.token_cell.push_back(static_cast<link::CellMatch>(below(3)));
    }
  }
  if (count > 0 && below(2) == 0) {
    link::ValueCandidate value;
    value.kind = below(2) == 0 ? link::ValueKind::date : link::ValueKind::cell;
    value.text = name();
    value.token_begin = below(count);
    value.token_end = value.token_begin + 1;
    value.columns = {any_column(schema)};
    value.cells = {value.text};
    question.values.push_back(std::move(value));
  }
  return question;
}

struct Asked {
  Schema schema;
  LinkedQuestion question;
  std::vector<std::shared_ptr<const ir::Query>> queries;
  std::vector<Alternative> alternatives;
};

Asked anything() {
  Asked asked;
  asked.schema = any_schema();
  asked.question = any_question(asked.schema);
  const int count = 1 + below(4);
  for (int i = 0; i < count; ++i) {
    asked.queries.push_back(std::make_shared<const ir::Query>(any_query(asked.schema)));
    asked.alternatives.push_back({asked.queries.back().get(),
                                  0.1 + 0.2 * below(3) / static_cast<double>(count), below(4),
                                  below(8) != 0});
  }
  return asked;
}

const QueryWords words = [](const ir::Query& query) {
  return std::to_string(query.select.size()) + (query.where ? " some" : " all") +
         (query.order_by.empty() ? "" : " ordered");
};

bool is_one_clean_line(const std::string& text) {
  return text::is_valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20;
         });
}

bool is_fit_to_send(const Clarification& card) {
  return card.id.size() <= 1'000 && is_one_clean_line(card.id) && is_one_clean_line(card.text) &&
         std::all_of(card.options.begin(), card.options.end(), [](const Option& option) {
           return option.id.size() <= 1'000 && !option.label.empty() &&
                  is_one_clean_line(option.id) && is_one_clean_line(option.label) &&
                  is_one_clean_line(option.detail) && option.label.size() <= 400;
         });
}

RC_GTEST_PROP(Cards, HaveTwoToFiveOptionsThatCanBeToldApart, ()) {
  const Asked asked = anything();
  const auto card = find_ambiguity(asked.question, asked.schema, asked.alternatives, {}, words);
  if (!card) return;
  RC_ASSERT(card->options.size() >= 2U);
  RC_ASSERT(card->options.size() <= 5U);
  std::set<std::string> ids, labels;
  for (const auto& option : card->options) {
    ids.insert(option.id);
    labels.insert(option.label);
  }
  RC_ASSERT(ids.size() == card->options.size());
  RC_ASSERT(labels.size() == card->options.size());
  RC_ASSERT(card->begin <= card->end);
  RC_ASSERT(card->end <= asked.question.question.size());
  RC_ASSERT(card->doubt >= least_doubt);
  RC_ASSERT(card->doubt <= 1);
  RC_ASSERT(is_fit_to_send(*card));
}

RC_GTEST_PROP(Cards, AreTheSameForTheSame, ()) {
  const Asked asked = anything();
  const auto shown = [&] {
    std::string text;
    const auto card = find_ambiguity(asked.question, asked.schema, asked.alternatives, {}, words);
    if (!card) return text;
    text = card->id + '|' + card->text;
    for (const auto& option : card->options) text += '|' + option.id + '|' + option.label;
    return text;
  };
  RC_ASSERT(shown() == shown());
}

RC_GTEST_PROP(Cards, ThatAreAnsweredAreNotShownAgain, ()) {
  const Asked asked = anything();
  const auto card = find_ambiguity(asked.question, asked.schema, asked.alternatives, {}, words);
  if (!card || card->ambiguity == Ambiguity::join) return;
  for (const auto& option : card->options) {
    const std::vector<Resolution> made{{card->id, option.id, "", option.label}};
    const auto again =
        find_ambiguity(asked.question, asked.schema, asked.alternatives, made, words);
    if (again) RC_ASSERT(again->id != card->id);
  }
}

RC_GTEST_PROP(Choices, NeverMakeLinksOfAnotherSize, ()) {
  const Asked asked = anything();
  auto question = asked.question;
  std::vector<Resolution> made;
  const std::vector<std::string> ids{"column:price", "table:order", "value:berlin", "date:a",
                                     "date:orders",  "join:a+b",    "measure:best", "reading:"};
  for (int i = below(6); i > 0; --i) {
    made.push_back(
        {*rc::gen::elementOf(ids), name() + (below(2) == 0 ? "." + name() : ""), "", ""});
  }
  const auto applied = apply(question, asked.schema, made);
  RC_ASSERT(applied.size() <= made.size());
  RC_ASSERT(question.token_column.size() == asked.question.token_column.size());
  RC_ASSERT(question.token_table.size() == asked.question.token_table.size());
  for (const auto& query : asked.queries) {
    const auto used = in_use(*query, question, asked.schema, made);
    RC_ASSERT(used.size() <= made.size());
    const bool accords = in_accord(*query, question, asked.schema, made);
    RC_ASSERT(accords == in_accord(*query, question, asked.schema, made));
  }
}

}  // namespace
}  // namespace idi::clarification
