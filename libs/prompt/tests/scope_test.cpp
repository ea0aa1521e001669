#include <gtest/gtest.h>

#include <algorithm>

#include "case_database.hpp"
#include "gbnf_machine.hpp"
#include "idi/grammar/sql_grammar.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "spelling.hpp"

namespace idi::prompt {
namespace {

using grammar::Scope;

bool same(const Scope& a, const Scope& b) { return a.tables == b.tables && a.columns == b.columns; }

std::vector<int> sorted(std::vector<int> tables) {
  std::sort(tables.begin(), tables.end());
  return tables;
}

/// Says that exactly these tables are needed, and of their columns the last.
class FixedParser final : public parser::Parser {
 public:
  explicit FixedParser(std::vector<int> tables) : tables_(std::move(tables)) {}
  Result<std::vector<parser::Candidate>> parse(const link::LinkedQuestion&, const link::Linker&,
                                               const parser::ParseOptions&) const override {
    return make_error(ErrorCode::unanswerable, "not asked");
  }
  Result<parser::Relevance> relevance(const link::LinkedQuestion& question,
                                      const link::Linker& linker, Deadline,
                                      std::stop_token) const override {
    parser::Relevance relevance;
    const auto wanted = [&](int table) {
      return std::find(tables_.begin(), tables_.end(), table) != tables_.end();
    };
    for (const int table : question.tables) relevance.tables.push_back(wanted(table) ? 0.9 : 0.1);
    for (const ColumnRef column : question.columns) {
      const auto& columns = linker.schema().tables[static_cast<std::size_t>(column.table)].columns;
      const bool last = column.column + 1 == static_cast<int>(columns.size());
      relevance.columns.push_back(wanted(column.table) && last ? 0.9 : 0.1);
    }
    return relevance;
  }
  std::string description() const override { return "fixed"; }

 private:
  std::vector<int> tables_;
};

class ScopeTest : public ::testing::Test {
 protected:
  [[nodiscard]] int table(const std::string& name) const {
    return *shop_->schema().find_table(name);
  }
  [[nodiscard]] bool has(const Scope& scope, const std::string& in,
                         const std::string& column) const {
    const ColumnRef ref{table(in), *shop_->schema().find_column(table(in), column)};
    return std::find(scope.columns.begin(), scope.columns.end(), ref) != scope.columns.end();
  }
  std::shared_ptr<const link::Linker> shop_ = testing::linker_of("shop");
};

TEST_F(ScopeTest, IsTheWholeSchemaWhereThatFits) {
  const auto a = choose_scope(shop_->link("How many orders?"), *shop_, nullptr);
  const auto b = choose_scope(shop_->link("salary of employees"), *shop_, nullptr);
  EXPECT_EQ(a.tables.size(), shop_->schema().tables.size());
  EXPECT_EQ(static_cast<int>(a.columns.size()), shop_->schema().column_count());
  EXPECT_EQ(a.columns, b.columns);
  EXPECT_EQ(a.tables.front(), table("orders"));
  EXPECT_EQ(b.tables.front(), table("employees"));
  EXPECT_EQ(schema_text(shop_->schema(), a, Dialect::sqlite),
            schema_text(shop_->schema(), b, Dialect::sqlite));
}

TEST_F(ScopeTest, FollowsTheParserAndAddsWhatJoins) {
  const FixedParser parser({table("customers"), table("products")});
  const auto scope = choose_scope(shop_->link("who bought what"), *shop_, &parser, {4, 14, 3'000});
  EXPECT_EQ(sorted(scope.tables), (std::vector<int>{table("products"), table("customers"),
                                                    table("orders"), table("order_lines")}));
  EXPECT_EQ(scope.columns.size(), 14U);
  EXPECT_TRUE(std::is_sorted(scope.columns.begin(), scope.columns.end()));
  EXPECT_TRUE(has(scope, "products", "discontinued"));
  EXPECT_TRUE(has(scope, "customers", "newsletter"));
  for (const auto& [in, key] : {std::pair{"products", "product_id"},
                                {"order_lines", "product_id"},
                                {"order_lines", "order_id"},
                                {"orders", "order_id"},
                                {"orders", "customer_id"},
                                {"customers", "customer_id"}})
    EXPECT_TRUE(has(scope, in, key)) << in << '.' << key;
}

TEST_F(ScopeTest, KeepsEveryLimit) {
  const auto linked = shop_->link("How many orders did customers from Berlin place in each store?");
  for (const int tables : {1, 2, 5, 9})
    for (const int columns : {1, 3, 10, 40, 400})
      for (const int tokens : {1, 40, 300, 3'000}) {
        const auto scope = choose_scope(linked, *shop_, nullptr, {tables, columns, tokens});
        ASSERT_FALSE(scope.tables.empty());
        EXPECT_LE(static_cast<int>(scope.tables.size()), tables);
        EXPECT_LE(static_cast<int>(scope.columns.size()), columns);
        if (tokens >= 40) {
          EXPECT_LE(
              estimate_tokens(schema_text(shop_->schema(), scope, Dialect::sqlite, {0, 0, 0})),
              tokens);
        }
        for (const int each : scope.tables)
          EXPECT_TRUE(std::any_of(scope.columns.begin(), scope.columns.end(),
                                  [&](ColumnRef column) { return column.table == each; }));
        EXPECT_TRUE(same(scope, choose_scope(linked, *shop_, nullptr, {tables, columns, tokens})));
      }
}

TEST_F(ScopeTest, CarriesTheCellsOfItsColumns) {
  const auto scope = choose_scope(shop_->link("How many orders were cancelled?"), *shop_, nullptr);
  ASSERT_EQ(scope.values.size(), 1U);
  EXPECT_EQ(shop_->schema().column(scope.values[0].column).name, "status");
  EXPECT_EQ(scope.values[0].values, std::vector<std::string>{"cancelled"});
}

TEST_F(ScopeTest, FindsTheCellThatIsMeantByAnotherWord) {
  const auto scope = choose_scope(shop_->link("suppliers from the UK"), *shop_, nullptr);
  ASSERT_FALSE(scope.values.empty());
  for (const auto& matched : scope.values) {
    EXPECT_EQ(shop_->schema().column(matched.column).name, "country");
    EXPECT_EQ(matched.values, std::vector<std::string>{"United Kingdom"});
  }
}

TEST_F(ScopeTest, OffersNoPartOfACellAsAValue) {
  // "Gear" is a word of a supplier's name, and no name.
  const auto scope = choose_scope(shop_->link("What does Gear sell?"), *shop_, nullptr);
  for (const auto& matched : scope.values)
    for (const std::string& value : matched.values) EXPECT_NE(value, "Gear");
}

TEST_F(ScopeTest, LeavesOutNamesThatNoPromptCanHold) {
  const auto hostile = testing::linker_of("hostile");
  const auto scope = choose_scope(hostile->link("notes"), *hostile, nullptr);
  for (const int each : scope.tables)
    EXPECT_NE(hostile->schema().tables[static_cast<std::size_t>(each)].name, "<|eot_id|>");
  EXPECT_EQ(scope.tables.size(), 2U);
  EXPECT_EQ(scope.columns.size(), 7U);
}

TEST_F(ScopeTest, IsSpelledInThePromptAsInTheGrammar) {
  for (const char* database : {"shop", "music", "hostile"}) {
    const auto linker = testing::linker_of(database);
    const auto scope = choose_scope(linker->link("which"), *linker, nullptr);
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
      const auto text = grammar::sql_grammar(linker->schema(), scope, dialect);
      ASSERT_TRUE(text) << text.error().to_text();
      const auto grammar = grammar::testing::GbnfMachine::parse(*text);
      ASSERT_TRUE(grammar) << grammar.error().to_text();
      for (const ColumnRef column : scope.columns) {
        const std::string sql = "SELECT " + spelled_qualified(linker->schema(), column, dialect) +
                                " FROM " + spelled_table(linker->schema(), column.table, dialect);
        EXPECT_TRUE(grammar->recognise(sql).accepted) << sql;
      }
    }
  }
}

TEST_F(ScopeTest, TheNotesOfADialectAskForWhatTheGrammarHas) {
  const std::pair<Dialect, const char*> asked[] = {
      {Dialect::sqlite, "SELECT CAST(STRFTIME('%Y', orders.shipped_on) AS INTEGER) FROM orders"},
      {Dialect::sqlite,
       "SELECT STRFTIME('%Y-%m', orders.shipped_on), COUNT(*) FROM orders GROUP "
       "BY STRFTIME('%Y-%m', orders.shipped_on)"},
      {Dialect::sqlite,
       "SELECT orders.order_id FROM orders WHERE orders.shipped_on > '2023-05-17'"},
      {Dialect::sqlite, "SELECT products.cost * 1.0 / products.price FROM products"},
      {Dialect::postgres, "SELECT EXTRACT(YEAR FROM orders.shipped_on) FROM orders"},
      {Dialect::postgres,
       "SELECT TO_CHAR(orders.shipped_on, 'YYYY-MM'), COUNT(*) FROM orders GROUP BY 1"},
      {Dialect::postgres, "SELECT stores.name FROM stores WHERE stores.city ILIKE '%lin'"},
      {Dialect::postgres, "SELECT products.cost * 1.0 / products.price FROM products"},
      {Dialect::mysql, "SELECT YEAR(orders.shipped_on) FROM orders"},
      {Dialect::mysql,
       "SELECT DATE_FORMAT(orders.shipped_on, '%Y-%m'), COUNT(*) FROM orders GROUP BY 1"},
  };
  const auto scope = choose_scope(shop_->link("which"), *shop_, nullptr);
  for (const auto& [dialect, sql] : asked) {
    const auto grammar = grammar::testing::GbnfMachine::parse(
        *grammar::sql_grammar(shop_->schema(), scope, dialect));
    const auto recognition = grammar->recognise(sql);
    EXPECT_TRUE(recognition.accepted)
        << std::string(sql).substr(0, recognition.accepted_bytes) << " and no further";
  }
}

TEST_F(ScopeTest, OfAnEmptySchemaIsEmpty) {
  const auto linker =
      link::Linker::make(Schema{}, link::ValueIndex::empty(), link::WordNet::none());
  const auto linked = linker->link("anything");
  const auto scope = choose_scope(linked, *linker, nullptr);
  EXPECT_TRUE(scope.tables.empty() && scope.columns.empty());
  const auto prompt =
      ChatFormat::standard().write(linked, linker->schema(), scope, Dialect::sqlite);
  ASSERT_FALSE(prompt);
  EXPECT_EQ(prompt.error().code, ErrorCode::unanswerable);
}

}  // namespace
}  // namespace idi::prompt
