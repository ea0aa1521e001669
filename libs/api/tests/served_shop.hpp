// The real server over a small shop in a real SQLite file, with a generator that writes what the
// test says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "client.hpp"
#include "idi/api/api.hpp"

namespace idi::api::testing {

/// A folder that is gone with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Proposes what it was told, whatever the question: all of it equally likely.
class SayingGenerator final : public engine::SqlGenerator {
 public:
  void say(std::string sql) { say_all({std::move(sql)}); }
  void say_all(std::vector<std::string> statements);
  /// Called by generate(), on the worker's thread.
  void before(std::function<void(const engine::GenerateOptions&)> call);
  Result<engine::Generation> generate(const link::LinkedQuestion& question,
                                      const link::Linker& linker,
                                      const engine::GenerateOptions& options) const override;
  const parser::Selector* selector() const override { return &selector_; }
  std::string description() const override { return "says what it is told"; }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> statements_{"SELECT name FROM customer"};
  std::function<void(const engine::GenerateOptions&)> before_;
  parser::Selector selector_ = parser::Selector::standard();
};

/// Takes seconds of work; ends within milliseconds when it is stopped.
inline constexpr const char* endless_sql =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

class ServedShop {
 public:
  explicit ServedShop(const ApiLimits& limits = {}, std::vector<StaticFile> page = {});
  /// Another database, and who writes SQL for it.
  ServedShop(std::shared_ptr<engine::CurrentSource> source, engine::Engines engines);
  ~ServedShop();

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] SayingGenerator& generator() { return *saying_; }
  [[nodiscard]] Api& api() { return *api_; }
  /// The server and the store are ended and begun again, over the same files.
  void restart();

  /// The file of the database.
  [[nodiscard]] std::filesystem::path database() const { return folder_.path() / "shop.sqlite"; }
  [[nodiscard]] std::string new_session();
  [[nodiscard]] TestSocket watch(const std::string& session, const std::string& parameters = "");
  [[nodiscard]] Reply get(const std::string& target) { return ask(port(), "GET", target); }
  /// The conversation's turns.
  [[nodiscard]] json::array turns(const std::string& session);
  /// Runs SQL in the session and gives the Answer.
  [[nodiscard]] json::object run_sql(const std::string& session, const std::string& sql);

 private:
  void start();
  void end();

  ScratchFolder folder_;
  ApiLimits limits_;
  std::vector<StaticFile> page_;
  std::shared_ptr<SayingGenerator> saying_ = std::make_shared<SayingGenerator>();
  std::shared_ptr<engine::CurrentSource> source_;
  engine::Engines engines_{saying_};
  std::shared_ptr<Api> api_;
  std::unique_ptr<http::Server> server_;
};

[[nodiscard]] std::string turn_address(const json::object& answer);

}  // namespace idi::api::testing
