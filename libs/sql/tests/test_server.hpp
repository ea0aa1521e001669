// A database server that lives as long as this object (tests/servers), and its client program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::sql::testing {

class TestServer {
 public:
  /// nullptr where the server is not installed. REQUIRES: dialect is not sqlite.
  static std::unique_ptr<TestServer> start(Dialect dialect);
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  /// Makes the tables in an empty database and prepares each statement there, executing none.
  /// Returns what the server said against any of them, with the statement; empty if nothing.
  std::string prepare_all(const std::vector<std::string>& ddl,
                          const std::vector<std::string>& statements);

  /// Executes the statements in an empty database, then each query there. Returns what each said,
  /// line by line: cells divided by '|', "null" for NULL, and the error where there was one.
  /// REQUIRES: no '|' and no line end in any cell.
  std::vector<std::vector<std::string>> answer_all(const std::vector<std::string>& statements,
                                                   const std::vector<std::string>& queries);

 private:
  TestServer(Dialect dialect, int life, int process, std::string connection)
      : dialect_(dialect), life_(life), process_(process), connection_(std::move(connection)) {}
  [[nodiscard]] std::string empty_database() const;
  /// The statement as the client is to send it for execution.
  [[nodiscard]] std::string execution_of(const std::string& sql) const;
  std::string run_client(const std::string& script) const;

  Dialect dialect_;
  int life_;  // its standard input: closing it ends it
  int process_;
  std::string connection_;
};

}  // namespace idi::sql::testing
