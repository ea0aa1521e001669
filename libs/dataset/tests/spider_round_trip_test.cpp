// Real questions: the tokens of a training example, read back, give SQL with the gold's result.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "idi/dataset/database_catalog.hpp"
#include "idi/dataset/example_builder.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/translate.hpp"

namespace idi::dataset {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
  const char* set = std::getenv("IDI_DATA");
  return set != nullptr ? fs::path(set) : fs::path("../shared/data");
}

/// Gives literals their gold texts, in the order of writing.
class Filler {
 public:
  explicit Filler(const ir::Query& gold) { collect(gold); }
  ir::Query fill(ir::Query query) {
    next_ = 0;
    return filled(std::move(query));
  }

 private:
  void collect(const ir::Query& query) { (void)walk(query, false); }
  ir::Query filled(ir::Query query) { return walk(query, true); }

  ir::Literal visit(const ir::Literal& literal, bool writing) {
    if (!writing) {
      golds_.push_back(literal);
      return literal;
    }
    const ir::Literal& gold = golds_.at(next_++);
    EXPECT_EQ(gold.candidate, literal.candidate);
    return gold;
  }
  ir::ExpressionPtr walk(const ir::ExpressionPtr& expression, bool writing) {
    ir::Expression made = *expression;
    if (auto* call = std::get_if<ir::AggregateCall>(&made.node)) {
      call->argument = walk(call->argument, writing);
    } else if (auto* binary = std::get_if<ir::Binary>(&made.node)) {
      binary->left = walk(binary->left, writing);
      binary->right = walk(binary->right, writing);
    } else if (auto* rows = std::get_if<ir::RowsOf>(&made.node)) {
      rows->query = std::make_shared<ir::Query>(walk(*rows->query, writing));
    } else if (auto* literal = std::get_if<ir::Literal>(&made.node)) {
      *literal = visit(*literal, writing);
    }
    return std::make_shared<ir::Expression>(made);
  }
  ir::ConditionPtr walk(const ir::ConditionPtr& condition, bool writing) {
    if (!condition) return nullptr;
    ir::Condition made = *condition;
    if (auto* all = std::get_if<ir::And>(&made.node)) {
      for (auto& part : all->parts) part = walk(part, writing);
    } else if (auto* any = std::get_if<ir::Or>(&made.node)) {
      for (auto& part : any->parts) part = walk(part, writing);
    } else {
      auto& predicate = std::get<ir::Predicate>(made.node);
      predicate.left = walk(predicate.left, writing);
      for (auto& operand : predicate.operands) {
        if (auto* literal = std::get_if<ir::Literal>(&operand)) {
          *literal = visit(*literal, writing);
        } else if (auto* query = std::get_if<ir::QueryPtr>(&operand)) {
          *query = std::make_shared<ir::Query>(walk(**query, writing));
        }
      }
    }
    return std::make_shared<ir::Condition>(made);
  }
  ir::Query walk(const ir::Query& query, bool writing) {
    ir::Query made = query;
    for (auto& item : made.select) item = walk(item, writing);
    made.where = walk(made.where, writing);
    made.having = walk(made.having, writing);
    for (auto& item : made.order_by) item.expression = walk(item.expression, writing);
    if (made.limit) made.limit = visit(*made.limit, writing);
    if (made.set_right)
      made.set_right = std::make_shared<ir::Query>(walk(*made.set_right, writing));
    return made;
  }

  std::vector<ir::Literal> golds_;
  std::size_t next_ = 0;
};

/// Rows as sorted lines: order is the evaluator's matter.
std::vector<std::string> lines_of(const ResultTable& table) {
  std::vector<std::string> lines;
  for (const Row& row : table.rows) {
    std::vector<std::string> cells;
    for (const Value& value : row) cells.push_back(to_display(value));
    std::string line;
    for (const std::string& cell : cells) line += cell + "|";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(SpiderRoundTrip, TokensGiveTheGoldsResult) {
  const fs::path data = data_folder() / "spider";
  if (!fs::exists(data / "train_spider.json")) {
    GTEST_SKIP() << "no data sets at " << data << " (set IDI_DATA)";
  }
  const auto records = read_questions(data / "train_spider.json");
  ASSERT_TRUE(records.has_value()) << records.error().to_text();
  CatalogOptions options;
  options.databases = data / "database";
  options.tables_file = data / "tables.json";
  const auto catalog = DatabaseCatalog::open(options);
  ASSERT_TRUE(catalog.has_value()) << catalog.error().to_text();
  const parser::Vocabulary vocabulary("<unknown>\n");

  int tried = 0, same = 0;
  for (std::size_t i = 0; i < records->size(); i += 24) {
    const QuestionRecord& record = (*records)[i];
    const auto linker = (*catalog)->linker(record.db_id, SchemaNames::overlay, {});
    ASSERT_TRUE(linker.has_value()) << linker.error().to_text();
    const Schema& schema = (*linker)->schema();
    const auto built = build_example(record.question, record.query, **linker, vocabulary);
    if (!built || !built->any_literals.empty()) continue;
    auto read_back = ir::from_tokens(built->tokens, schema);
    ASSERT_TRUE(read_back.has_value()) << read_back.error().to_text();
    const ir::Query query = Filler(built->query).fill(*read_back);
    const auto sql = sql::to_sql(query, schema, Dialect::sqlite);
    ASSERT_TRUE(sql.has_value()) << record.query << '\n' << sql.error().to_text();

    const auto database = db_sqlite::open_sqlite_database((*catalog)->database_file(record.db_id));
    ASSERT_TRUE(database.has_value());
    const auto connection = (*database)->connect();
    ASSERT_TRUE(connection.has_value());
    const auto gold = db::run_query(**connection, Dialect::sqlite, record.query, {});
    if (!gold) continue;  // a few golds of the data set do not run
    const auto mine = db::run_query(**connection, Dialect::sqlite, *sql, {});
    ASSERT_TRUE(mine.has_value()) << *sql << '\n' << mine.error().to_text();
    ++tried;
    same += lines_of(*gold) == lines_of(*mine) ? 1 : 0;
  }
  RecordProperty("same", same);
  RecordProperty("tried", tried);
  EXPECT_GE(tried, 250);
  // What differs by right: LIMIT 1 among equals, columns of GROUP BY without an aggregate.
  EXPECT_GE(same, tried * 96 / 100) << same << " of " << tried;
}

}  // namespace
}  // namespace idi::dataset
