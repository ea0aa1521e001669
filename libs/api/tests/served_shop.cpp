#include "served_shop.hpp"

#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <utility>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/translate.hpp"
#include "idi/sqlite/connection.hpp"
#include "message_schema.hpp"

namespace idi::api::testing {
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
CREATE TABLE "<script>alert(1)</script>" ("a""b" TEXT, "col'; --" TEXT);
INSERT INTO "<script>alert(1)</script>" VALUES ('<img src=x onerror=alert(2)>', '{"x":1}');
)";

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().to_text());
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "idi-api-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void SayingGenerator::say_all(std::vector<std::string> statements) {
  const std::lock_guard lock(mutex_);
  statements_ = std::move(statements);
}

void SayingGenerator::before(std::function<void(const engine::GenerateOptions&)> call) {
  const std::lock_guard lock(mutex_);
  before_ = std::move(call);
}

Result<engine::Generation> SayingGenerator::generate(const link::LinkedQuestion&,
                                                     const link::Linker& linker,
                                                     const engine::GenerateOptions& options) const {
  std::function<void(const engine::GenerateOptions&)> call;
  std::vector<std::string> statements;
  {
    const std::lock_guard lock(mutex_);
    call = before_;
    statements = statements_;
  }
  if (call) call(options);
  if (options.stop.stop_requested()) return make_error(ErrorCode::cancelled, "cancelled");
  engine::Generation generation;
  for (auto& statement : statements) {
    engine::SqlCandidate candidate;
    candidate.sql = std::move(statement);
    candidate.steps = 5;
    candidate.log_probability = -0.5;
    auto query = sql::to_ir(candidate.sql, linker.schema());
    candidate.query = query ? *query : *sql::to_ir("SELECT name FROM store", linker.schema());
    generation.candidates.push_back(std::move(candidate));
  }
  return generation;
}

ServedShop::ServedShop(const ApiLimits& limits, std::vector<StaticFile> page)
    : limits_(limits), page_(std::move(page)) {
  const auto file = folder_.path() / "shop.sqlite";
  {
    auto connection = must(sqlite::Connection::open(file, {sqlite::OpenMode::create, false}));
    must(connection.execute(script));
  }
  std::shared_ptr<db::Database> database = must(db_sqlite::open_sqlite_database(file));
  source_ =
      must(engine::CurrentSource::open(std::move(database), {}, {}, std::chrono::milliseconds(0)));
  start();
}

ServedShop::ServedShop(std::shared_ptr<engine::CurrentSource> source, engine::Engines engines)
    : source_(std::move(source)), engines_(std::move(engines)) {
  start();
}

ServedShop::~ServedShop() { end(); }

void ServedShop::start() {
  ApiParts parts;
  parts.source = source_;
  parts.engines = engines_;
  session::SqliteStoreOptions store;
  store.file = folder_.path() / "sessions.sqlite";
  parts.sessions = must(session::open_sqlite_store(store));
  parts.page = page_;
  parts.version = "0.0.test";
  parts.openapi = whole_file("protocol/openapi.json");
  parts.schema = whole_file("protocol/idi.schema.json");
  parts.limits = limits_;
  api_ = must(Api::open(std::move(parts)));
  http::ServerOptions options;
  options.port = 0;
  server_ = must(http::Server::start(options, api_));
  api_->set_connection_counter([server = server_.get()] { return server->connection_count(); });
}

void ServedShop::end() {
  server_->shut_down();
  api_->stop();
  server_->shut_down();
  server_->wait();
  server_.reset();
  api_.reset();
}

void ServedShop::restart() {
  end();
  start();
}

std::string ServedShop::new_session() {
  const auto session = ask(port(), "POST", "/api/sessions").as("Session");
  return text_of(session.as_object(), "id");
}

TestSocket ServedShop::watch(const std::string& session, const std::string& parameters) {
  return TestSocket(port(), "/ws/query/" + session + parameters);
}

json::array ServedShop::turns(const std::string& session) {
  const auto conversation = get("/api/sessions/" + session).as("Conversation");
  return conversation.at("turns").as_array();
}

json::object ServedShop::run_sql(const std::string& session, const std::string& sql) {
  TestSocket socket = watch(session);
  socket.send(json::object{{"type", "run_sql"}, {"sql", sql}});
  const auto result = socket.until("result");
  return result.contains("data") ? result.at("data").as_object() : json::object{};
}

std::string turn_address(const json::object& answer) {
  return "/api/sessions/" + text_of(answer, "session_id") + "/turns/" +
         std::to_string(number_of(answer, "turn_id"));
}

}  // namespace idi::api::testing
