#include "shop_fixture.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::engine::testing {
namespace {

constexpr const char* script = R"(
CREATE TABLE store (store_id INTEGER PRIMARY KEY, name TEXT, city TEXT);
CREATE TABLE customer (
  customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT, age INTEGER, joined DATE);
CREATE TABLE purchase (
  purchase_id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer(customer_id),
  store_id INTEGER REFERENCES store(store_id),
  amount REAL, status TEXT, day DATE);
INSERT INTO store VALUES (1, 'Harbour', 'Hamburg'), (2, 'Centre', 'Berlin');
INSERT INTO customer VALUES
  (1, 'Ada', 'Berlin', 36, '2021-01-05'), (2, 'Grace', 'Hamburg', 45, '2021-06-01'),
  (3, 'Alan', 'Berlin', 41, '2022-02-11'), (4, 'Edsger', 'Munich', NULL, '2022-03-01');
INSERT INTO purchase VALUES
  (1, 1, 2, 10.5, 'shipped', '2023-01-01'), (2, 1, 2, 20.0, 'open', '2023-02-01'),
  (3, 2, 1, 5.25, 'shipped', '2023-02-03'), (4, 3, 2, 7.0, 'shipped', '2023-03-09');
)";

}  // namespace

ShopFile::ShopFile() {
  static std::atomic<int> number = 0;
  path_ = std::filesystem::temp_directory_path() /
          fmt::format("idi-engine-test-{}-{}.sqlite", ::getpid(), number++);
  run(script);
}

ShopFile::~ShopFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void ShopFile::run(const std::string& statements) const {
  auto connection = sqlite::Connection::open(path_, {sqlite::OpenMode::create, false});
  if (!connection) throw std::runtime_error(connection.error().to_text());
  const auto done = connection->execute(statements);
  if (!done) throw std::runtime_error(done.error().to_text());
}

std::shared_ptr<const Source> open_source(const ShopFile& file) {
  auto database = db_sqlite::open_sqlite_database(file.path());
  if (!database) throw std::runtime_error(database.error().to_text());
  auto source = Source::open(std::move(*database), {}, {});
  if (!source) throw std::runtime_error(source.error().to_text());
  return *source;
}

ResultTable rows_of(const Source& source, const std::string& sql) {
  auto pipeline = Pipeline::open(std::shared_ptr<const Source>(&source, [](const Source*) {}), {});
  if (!pipeline) throw std::runtime_error(pipeline.error().to_text());
  auto answer = (*pipeline)->run_sql(sql, {}, no_events(), {});
  if (!answer) throw std::runtime_error(answer.error().to_text());
  return std::move(answer->result);
}

Schema shop_schema() {
  const ShopFile file;
  return open_source(file)->schema();
}

}  // namespace idi::engine::testing
