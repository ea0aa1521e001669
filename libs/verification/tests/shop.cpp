#include "shop.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/sql/translate.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::verification::testing {
namespace {

constexpr const char* script = R"(
PRAGMA synchronous = OFF;
CREATE TABLE category (category_id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE product (
  product_id INTEGER PRIMARY KEY, name TEXT, price REAL, size TEXT,
  category_id INTEGER REFERENCES category(category_id));
CREATE TABLE customer (
  customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT, age INTEGER, discount REAL,
  joined DATE);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer(customer_id),
  ordered_at DATE, shipped_at DATE, amount REAL, status TEXT);
CREATE TABLE order_line (
  order_line_id INTEGER PRIMARY KEY,
  order_id INTEGER REFERENCES orders(order_id),
  product_id INTEGER REFERENCES product(product_id), quantity INTEGER);
CREATE TABLE store (store_id INTEGER PRIMARY KEY, name TEXT, city TEXT, opened DATE);

INSERT INTO category VALUES (1, 'Books'), (2, 'Toys');
INSERT INTO product VALUES
  (1, 'Atlas', 30.0, '9', 1), (2, 'Ball', 5.0, '10', NULL), (3, 'Globe', 30.0, '110', NULL),
  (4, 'Kite', 12.5, '10', NULL), (5, 'Puzzle', 30.0, '9', NULL);
INSERT INTO customer VALUES
  (1, 'Ada', 'Berlin', 36, NULL, '2021-01-05'), (2, 'Grace', 'Hamburg', 45, NULL, '2021-06-01'),
  (3, 'Alan', 'Berlin', 41, NULL, '2022-02-11'), (4, 'Edsger', 'MUNICH', 72, NULL, '2022-03-01'),
  (5, 'Barbara', 'München', 60, NULL, '2022-05-01'), (6, 'Alan', 'Lyon', 30, NULL, '2022-06-01'),
  (7, 'Kurt', 'Vienna', 71, NULL, '2022-06-02');
INSERT INTO orders VALUES
  (1, 1, '2023-01-02', NULL, 10.0, 'shipped'), (2, 1, '2023-04-01', NULL, 20.0, 'open'),
  (3, 2, '2023-11-03', NULL, 5.0, 'shipped'), (4, 1, '2024-12-31', NULL, 7.0, 'Shipped ');
INSERT INTO order_line VALUES (1, 1, 1, 1), (2, 1, 2, 4), (3, 2, 2, 1), (4, 3, 3, 2), (5, 4, 2, 1);
INSERT INTO store VALUES (1, 'Harbour', 'Paris', '2020-01-01'), (2, 'Centre', 'Berlin', '2020-01-01');
)";

template <typename T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}

}  // namespace

Shop::Shop(const std::string& more) {
  static std::atomic<int> number = 0;
  path_ = std::filesystem::temp_directory_path() /
          fmt::format("idi-verification-test-{}-{}.sqlite", ::getpid(), number++);
  {
    auto file = or_throw(sqlite::Connection::open(path_, {sqlite::OpenMode::create, false}));
    for (const std::string& part : {std::string(script), more}) {
      if (const auto done = file.execute(part); !done) {
        throw std::runtime_error(done.error().to_text());
      }
    }
  }
  database_ = or_throw(db_sqlite::open_sqlite_database(path_));
  connection_ = or_throw(database_->connect());
  Schema schema = or_throw(database_->introspect({}));
  for (auto& key : sql::infer_foreign_keys(schema)) schema.foreign_keys.push_back(std::move(key));
  const auto no_words = link::WordNet::none();
  auto values = or_throw(link::ValueIndex::open_or_build(*database_, schema, {}, {}, {}, no_words));
  linker_ = link::Linker::make(std::move(schema), std::move(values), no_words);
}

Shop::~Shop() {
  connection_.reset();
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

ir::Query Shop::tree(const std::string& sql) const { return or_throw(sql::to_ir(sql, schema())); }

ResultTable Shop::run(const std::string& sql) const {
  return or_throw(db::run_query(*connection_, Dialect::sqlite, sql, {}));
}

ResultTable Shop::run(const ir::Query& query) const {
  return run(or_throw(sql::to_sql(query, schema(), Dialect::sqlite)));
}

Verified Shop::verify(const std::string& question, const std::string& sql,
                      const VerifyLimits& limits) const {
  return verify(question, tree(sql), limits);
}

Verified Shop::verify(const std::string& question, const ir::Query& query,
                      const VerifyLimits& limits) const {
  const auto linked = linker_->link(question);
  const std::string sql = or_throw(sql::to_sql(query, schema(), Dialect::sqlite));
  const ResultTable result = run(sql);
  return or_throw(verification::verify({linked, *linker_, &query, sql, result}, *connection_,
                                       limits, Deadline::never(), {}));
}

const Finding* find(const Verified& verified, FindingKind kind) {
  for (const auto& finding : verified.findings) {
    if (finding.kind == kind) return &finding;
  }
  return nullptr;
}

std::vector<std::string> cells(const ResultTable& table) {
  std::vector<std::string> all;
  for (const Row& row : table.rows) {
    for (const Value& cell : row) all.push_back(to_display(cell));
  }
  return all;
}

}  // namespace idi::verification::testing
