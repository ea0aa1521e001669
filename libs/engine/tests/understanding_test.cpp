#include "idi/engine/understanding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "idi/link/linker.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CleanQuestion, JoinsBlanksAndDropsControlCharacters) {
  EXPECT_EQ(*clean_question("  How\tmany \n customers\x1b[2J?  "), "How many customers [2J?");
  EXPECT_EQ(*clean_question("¿Cuántos?"), "¿Cuántos?");
}

TEST(CleanQuestion, RefusesWhatIsNoQuestion) {
  EXPECT_EQ(clean_question("").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question(" \t\n").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question("caf\xE9").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question(std::string(100'000, 'x')).error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(clean_question(std::string(max_question_bytes, 'x')));
  EXPECT_THAT(clean_question("").error().hint, HasSubstr("how many customers"));
}

struct IntentCase {
  const char* question;
  Intent intent;
};
void PrintTo(const IntentCase& c, std::ostream* out) { *out << c.question; }

class IntentTest : public ::testing::TestWithParam<IntentCase> {};

TEST_P(IntentTest, IsSeen) {
  static const Schema schema = testing::shop_schema();
  EXPECT_EQ(understand(GetParam().question, schema).intent, GetParam().intent);
}

INSTANTIATE_TEST_SUITE_P(
    Changes, IntentTest,
    ::testing::Values(IntentCase{"Delete all customers", Intent::change_data},
                      IntentCase{"please remove the purchases of 2023", Intent::change_data},
                      IntentCase{"Could you drop table store", Intent::change_data},
                      IntentCase{"UPDATE customer SET age = 1", Intent::change_data},
                      IntentCase{"insert into store values (3)", Intent::change_data},
                      IntentCase{"Add a new customer named Bob", Intent::change_data},
                      IntentCase{"set all ages to 20", Intent::change_data},
                      IntentCase{"truncate purchase", Intent::change_data},
                      IntentCase{"delete customers older than 40", Intent::change_data}));

INSTANTIATE_TEST_SUITE_P(
    NotChanges, IntentTest,
    ::testing::Values(IntentCase{"Which customers deleted their account?", Intent::data},
                      IntentCase{"Change in amount per month", Intent::data},
                      IntentCase{"Add up the amounts of all purchases", Intent::data},
                      IntentCase{"Create a list of customers", Intent::data},
                      IntentCase{"create a table of purchases per store", Intent::data},
                      IntentCase{"update dates of purchases", Intent::data},
                      IntentCase{"Write a poem", Intent::data},
                      IntentCase{"store names in Berlin", Intent::data},
                      IntentCase{"Show purchases", Intent::data}));

INSTANTIATE_TEST_SUITE_P(
    AboutTheSchema, IntentTest,
    ::testing::Values(IntentCase{"what tables are there?", Intent::list_tables},
                      IntentCase{"List all tables", Intent::list_tables},
                      IntentCase{"Which tables does the database have", Intent::list_tables},
                      IntentCase{"show me the schema", Intent::list_tables},
                      IntentCase{"What is this database about?", Intent::list_tables},
                      IntentCase{"what columns does the table customer have", Intent::list_columns},
                      IntentCase{"Describe purchases", Intent::list_columns},
                      IntentCase{"which fields are in the store table", Intent::list_columns},
                      IntentCase{"What can I ask?", Intent::list_tables},
                      IntentCase{"what is in here", Intent::list_tables},
                      IntentCase{"help", Intent::list_tables},
                      IntentCase{"who are they", Intent::data},
                      IntentCase{"how many customers are there", Intent::data},
                      IntentCase{"show the data of customers", Intent::data},
                      IntentCase{"list the table of customers by city", Intent::data}));

TEST(Understand, ASchemaWithTablesOfItsOwnIsAskedAboutThem) {
  Schema restaurant;
  Table table;
  table.name = table.natural_name = "tables";
  restaurant.tables.push_back(table);
  EXPECT_EQ(understand("List all tables", restaurant).intent, Intent::data);
}

TEST(Understand, NamesTheTable) {
  const Schema schema = testing::shop_schema();
  const auto understood = understand("what columns does purchases have?", schema);
  ASSERT_EQ(understood.intent, Intent::list_columns);
  EXPECT_EQ(schema.tables[static_cast<std::size_t>(understood.table)].name, "purchase");
}

TEST(Overview, ListsTablesAndColumns) {
  const Schema schema = testing::shop_schema();
  const auto tables = schema_overview(schema);
  ASSERT_EQ(tables.rows.size(), 3U);
  EXPECT_EQ(tables.rows[1], (Row{std::string("customer"), std::int64_t{4},
                                 std::string("customer_id, name, city, age, joined")}));
  const auto columns = table_overview(schema, 2);
  EXPECT_EQ(columns.rows[1][2], Value(std::string("to customer.customer_id")));
}

class SupportTest : public ::testing::Test {
 protected:
  testing::ShopFile file_;
  std::shared_ptr<const Source> source_ = testing::open_source(file_);
  WordSupport support(std::string_view question) {
    return support_of(source_->linker().link(question));
  }
};

TEST_F(SupportTest, NamesContentWordsAlone) {
  EXPECT_THAT(support("What is the zorblax of each customer?").unknown, ElementsAre("zorblax"));
  EXPECT_THAT(support("How many of the most customers in Berlin?").unknown, IsEmpty());
  EXPECT_THAT(support("Which five customers, or 17, or 3.5?").unknown, IsEmpty());
}

TEST_F(SupportTest, NothingIsNothing) {
  EXPECT_TRUE(support("What is the meaning of life?").is_nothing());
  EXPECT_TRUE(support("今天天气怎么样？").is_nothing());
  EXPECT_TRUE(support("What is 2 + 2?").is_nothing());
  EXPECT_TRUE(support("how many are there").is_nothing());
  EXPECT_FALSE(support("Who lives in Berlin?").is_nothing());
  EXPECT_FALSE(support("average age").is_nothing());
}

TEST_F(SupportTest, TheShareFallsWithUnknownWords) {
  EXPECT_DOUBLE_EQ(support("average age of customers").share(), 1);
  EXPECT_LT(support("average zorblax age of customers").share(), 1);
  EXPECT_LT(support("zorblax frobnicating customers").share(),
            support("zorblax customers").share());
}

}  // namespace
}  // namespace idi::engine
