// A folder with two small databases and a question file, made for a test and removed after it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "idi/eval/options.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::eval {

class SampleDatabases {
 public:
  SampleDatabases() {
    std::string pattern = (std::filesystem::temp_directory_path() / "idi-eval-XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    make("shop", "shop.sqlite",
         "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, price REAL);"
         "INSERT INTO item VALUES (1,'pen',1.5),(2,'ink',3.0),(3,'cap',8.0);");
    make("zoo", "zoo.sqlite",
         "CREATE TABLE animal(id INTEGER PRIMARY KEY, kind TEXT, legs INTEGER);"
         "INSERT INTO animal VALUES (1,'cat',4),(2,'crow',2),(3,'cat',3);");
  }
  ~SampleDatabases() {
    std::error_code ignored;  // a left-over folder in /tmp fails no test
    std::filesystem::remove_all(folder_, ignored);
  }
  SampleDatabases(const SampleDatabases&) = delete;
  SampleDatabases& operator=(const SampleDatabases&) = delete;

  void make(const std::string& db_id, const std::string& file, const std::string& script) const {
    const auto parent = folder_ / "databases" / db_id;
    std::filesystem::create_directories(parent);
    auto connection = sqlite::Connection::open(parent / file, {sqlite::OpenMode::create});
    ASSERT_TRUE(connection) << connection.error().to_text();
    // Speed only: nothing here must outlive a power cut.
    ASSERT_TRUE(connection->execute("PRAGMA synchronous=OFF; BEGIN;" + script + "COMMIT;"));
  }

  [[nodiscard]] std::filesystem::path write(const std::string& name,
                                            const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }

  /// `questions` is the file's content: JSON lines.
  [[nodiscard]] EvalOptions options(const std::string& questions) const {
    EvalOptions options;
    options.questions = write("questions.jsonl", questions);
    options.databases = folder_ / "databases";
    return options;
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::string question_line(const std::string& db_id, const std::string& question,
                                 const std::string& query) {
  return R"({"db_id":")" + db_id + R"(","question":")" + question + R"(","query":")" + query +
         "\"}\n";
}

}  // namespace idi::eval
