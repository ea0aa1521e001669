#include "test_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::sql::testing {
namespace {

constexpr const char* marker = "statement";

std::string read_line(int file) {
  std::string line;
  char c = 0;
  while (read(file, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

std::string hexadecimal(const std::string& text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    result += digits[static_cast<unsigned char>(c) >> 4];
    result += digits[static_cast<unsigned char>(c) & 15];
  }
  return result;
}

}  // namespace

std::unique_ptr<TestServer> TestServer::start(Dialect dialect) {
  const char* script = dialect == Dialect::postgres ? "tests/servers/start_postgres.sh"
                                                    : "tests/servers/start_mariadb.sh";
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  IDI_ASSERT(pipe2(input.data(), O_CLOEXEC) == 0 && pipe2(output.data(), O_CLOEXEC) == 0);
  const int process = fork();
  IDI_ASSERT(process >= 0);
  if (process == 0) {
    dup2(input[0], 0);
    dup2(output[1], 1);
    execl(script, script, static_cast<char*>(nullptr));
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  std::string connection = read_line(output[0]);
  close(output[0]);
  std::unique_ptr<TestServer> server(
      new TestServer(dialect, input[1], process, std::move(connection)));
  if (server->connection_.empty()) return nullptr;
  return server;
}

TestServer::~TestServer() {
  close(life_);
  waitpid(process_, nullptr, 0);
}

std::string TestServer::run_client(const std::string& script) const {
  std::string path = (std::filesystem::temp_directory_path() / "idi-server-XXXXXX").string();
  const int file = mkstemp(path.data());
  IDI_ASSERT(file >= 0);
  close(file);
  std::ofstream(path) << script;
  const std::string command =
      dialect_ == Dialect::postgres
          ? "psql -X -q -v VERBOSITY=terse -d '" + connection_ + "' -f '" + path + "' 2>&1"
          : "mariadb --no-defaults --batch --force --unbuffered --skip-column-names "
            "--default-character-set=utf8mb4 --user=root "
            "--socket='" +
                connection_ + "' <'" + path + "' 2>&1";
  FILE* client = popen(command.c_str(), "r");
  IDI_ASSERT(client != nullptr);
  std::string said;
  std::array<char, 4096> buffer{};
  while (const std::size_t bytes = fread(buffer.data(), 1, buffer.size(), client)) {
    said.append(buffer.data(), bytes);
  }
  const int status = pclose(client);
  std::filesystem::remove(path);
  if (status != 0 && said.empty()) said = "the client failed: " + command;
  return said;
}

std::string TestServer::empty_database() const {
  return dialect_ == Dialect::postgres
             ? "SET client_min_messages = warning;\nDROP SCHEMA public CASCADE;\n"
               "CREATE SCHEMA public;\n"
             : "DROP DATABASE IF EXISTS shop;\nCREATE DATABASE shop;\nUSE shop;\n"
               "SET sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_ALL_TABLES';\n";
}

// In hexadecimal: MariaDB's client changes line ends within names.
std::string TestServer::execution_of(const std::string& sql) const {
  if (dialect_ == Dialect::postgres) return sql + ";\n";
  return "SET @sql = CONVERT(X'" + hexadecimal(sql) +
         "' USING utf8mb4);\nPREPARE p FROM @sql;\nEXECUTE p;\nDEALLOCATE PREPARE p;\n";
}

std::vector<std::vector<std::string>> TestServer::answer_all(
    const std::vector<std::string>& statements, const std::vector<std::string>& queries) {
  const bool postgres = dialect_ == Dialect::postgres;
  std::string script =
      postgres ? "\\pset tuples_only\n\\pset format unaligned\n\\pset null null\n" : "";
  script += empty_database();
  for (const std::string& sql : statements) script += execution_of(sql);
  for (const std::string& sql : queries) {
    script += execution_of("SELECT '" + std::string(marker) + "'") + execution_of(sql);
  }
  std::vector<std::vector<std::string>> answers;
  for (std::string line : text::split(run_client(script), '\n')) {
    if (line == marker) {
      answers.emplace_back();
      continue;
    }
    // What the server says against the tables belongs to no answer, and must not be lost.
    if (answers.empty() && line.find("ERROR") != std::string::npos) answers.emplace_back();
    if (answers.empty() || line.empty()) continue;
    std::replace(line.begin(), line.end(), '\t', '|');
    for (auto at = line.find("NULL"); at != std::string::npos; at = line.find("NULL")) {
      line.replace(at, 4, "null");
    }
    answers.back().push_back(line);
  }
  return answers;
}

std::string TestServer::prepare_all(const std::vector<std::string>& ddl,
                                    const std::vector<std::string>& statements) {
  const bool postgres = dialect_ == Dialect::postgres;
  std::string script = empty_database();
  const auto prepare = [](const std::string& sql) {
    return "SET @sql = CONVERT(X'" + hexadecimal(sql) + "' USING utf8mb4);\nPREPARE p FROM @sql;\n";
  };
  for (const std::string& sql : ddl) {
    script += postgres ? sql + ";\n" : prepare(sql) + "EXECUTE p;\n";
  }
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (postgres) {
      script += "\\warn " + std::string(marker) + " " + std::to_string(i) + "\n";
      script += "PREPARE p AS " + statements[i] + ";\nDEALLOCATE ALL;\n";
      continue;
    }
    script += "\\! echo " + std::string(marker) + " " + std::to_string(i) + "\n";
    script += prepare(statements[i]) + "DEALLOCATE PREPARE p;\n";
  }
  // A failed PREPARE leaves nothing to deallocate, which the server says too: the first error after
  // a marker is what counts.
  std::string complaints;
  std::size_t current = statements.size();
  bool told = false;
  for (const std::string& line : text::split(run_client(script), '\n')) {
    if (line.starts_with(marker)) {
      current = static_cast<std::size_t>(std::atoi(line.c_str() + std::string(marker).size() + 1));
      told = false;
    } else if (!told && line.find("ERROR") != std::string::npos) {
      complaints +=
          (current < statements.size() ? statements[current] : "the tables") + "\n  " + line + "\n";
      told = current < statements.size();
    }
  }
  if (current + 1 != statements.size() && !statements.empty()) {
    complaints += "not all were prepared\n";
  }
  return complaints;
}

}  // namespace idi::sql::testing
