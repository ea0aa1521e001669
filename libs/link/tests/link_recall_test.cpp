// Measures linking on a file of questions with gold queries: which share of the gold tables,
// columns and literals the linker keeps, at several budgets.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "gold_sql.hpp"
#include "idi/core/text.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/link/linker.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::link {
namespace {

struct Share {
  int hit = 0, all = 0;
  void count(bool good) {
    ++all;
    hit += good ? 1 : 0;
  }
  [[nodiscard]] double percent() const { return all == 0 ? 100.0 : 100.0 * hit / all; }
};

struct Report {
  std::map<int, Share> tables, columns, all_tables, all_columns;
  Share same_texts, folded_texts, resolved_texts, numbers;
  double link_ms = 0, slowest_ms = 0;
  long candidates = 0;
  int questions = 0;
  std::vector<std::string> missed;
  [[nodiscard]] Share literals() const {
    return {numbers.hit + resolved_texts.hit, numbers.all + resolved_texts.all};
  }
};

bool same_number(const std::string& a, const std::string& b) {
  char* end_a = nullptr;
  char* end_b = nullptr;
  const double left = std::strtod(a.c_str(), &end_a);
  const double right = std::strtod(b.c_str(), &end_b);
  return *end_a == '\0' && *end_b == '\0' && left == right;
}

enum class Found { no, resolved, folded, same };

Found find_text(const std::string& literal, const LinkedQuestion& linked, const ValueIndex& index,
                const GoldMentions& gold) {
  Found best = Found::no;
  const std::string folded = text::fold_case(text::trim(literal));
  for (const ValueCandidate& value : linked.values) {
    const bool same = value.text == literal || std::find(value.cells.begin(), value.cells.end(),
                                                         literal) != value.cells.end();
    if (same) return Found::same;
    if (text::fold_case(text::trim(value.text)) == folded) best = std::max(best, Found::folded);
    for (const ColumnRef column : gold.columns) {
      if (best >= Found::resolved) break;
      const auto cell = index.closest_cell(column, value.text);
      const auto by_words = index.closest_cell(
          column, linked.question.substr(
                      linked.tokens[static_cast<std::size_t>(value.token_begin)].begin,
                      linked.tokens[static_cast<std::size_t>(value.token_end) - 1].end -
                          linked.tokens[static_cast<std::size_t>(value.token_begin)].begin));
      if ((cell && *cell == literal) || (by_words && *by_words == literal)) {
        best = Found::resolved;
      }
    }
  }
  return best;
}

void measure(const std::string& question, const std::string& query, const Linker& linker,
             Report& report) {
  const GoldMentions gold = mentions_of(query, linker.schema());
  for (const int budget : {2, 4, 8}) {
    LinkBudget limits;
    limits.max_tables = budget;
    const auto linked = linker.link(question, limits);
    bool all = true;
    for (const int table : gold.tables) {
      const bool kept =
          std::find(linked.tables.begin(), linked.tables.end(), table) != linked.tables.end();
      report.tables[budget].count(kept);
      all = all && kept;
    }
    report.all_tables[budget].count(all);
  }
  for (const int budget : {10, 20, 40}) {
    LinkBudget limits;
    limits.max_columns = budget;
    const auto linked = linker.link(question, limits);
    std::string missing;
    for (const ColumnRef column : gold.columns) {
      const bool kept =
          std::find(linked.columns.begin(), linked.columns.end(), column) != linked.columns.end();
      report.columns[budget].count(kept);
      if (!kept) {
        missing +=
            ' ' + linker.schema().table_of(column).name + '.' + linker.schema().column(column).name;
      }
    }
    report.all_columns[budget].count(missing.empty());
    if (budget == 20 && !missing.empty()) {
      report.missed.push_back("column " + linker.schema().name + ":" + missing + " | " + question);
    }
  }
  const std::clock_t start = std::clock();  // processor time: tests share their machine
  const auto linked = linker.link(question);
  const double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  report.link_ms += ms;
  report.slowest_ms = std::max(report.slowest_ms, ms);
  ++report.questions;
  report.candidates += static_cast<long>(linked.values.size());
  const auto candidates = [&linked] {
    std::string list;
    for (const auto& value : linked.values) list += " <" + value.text + ">";
    return list;
  };
  for (const std::string& literal : gold.texts) {
    const Found found = find_text(literal, linked, linker.values(), gold);
    report.same_texts.count(found == Found::same);
    report.folded_texts.count(found >= Found::folded);
    report.resolved_texts.count(found >= Found::resolved);
    if (found < Found::folded) {
      report.missed.push_back((found == Found::no ? "text " : "resolved ") + linker.schema().name +
                              ": '" + literal + "' | " + question + " |" + candidates());
    }
  }
  for (const std::string& number : gold.numbers) {
    const bool found =
        std::any_of(linked.values.begin(), linked.values.end(),
                    [&](const ValueCandidate& value) { return same_number(value.text, number); });
    report.numbers.count(found);
    if (!found) {
      report.missed.push_back("number " + linker.schema().name + ": " + number + " | " + question +
                              " |" + candidates());
    }
  }
}

void print(const std::string& name, const Report& report) {
  fmt::print("{}\n", name);
  fmt::print("questions {}, link {:.2f} ms on average, {:.1f} ms at most, {:.1f} candidates each\n",
             report.questions, report.link_ms / report.questions, report.slowest_ms,
             static_cast<double>(report.candidates) / report.questions);
  for (const auto& [budget, share] : report.tables) {
    fmt::print("tables   at {:2}: {:6.2f} % kept, all kept for {:6.2f} % of questions\n", budget,
               share.percent(), report.all_tables.at(budget).percent());
  }
  for (const auto& [budget, share] : report.columns) {
    fmt::print("columns  at {:2}: {:6.2f} % kept, all kept for {:6.2f} % of questions\n", budget,
               share.percent(), report.all_columns.at(budget).percent());
  }
  fmt::print("texts    {}: {:.2f} % same, {:.2f} % but for case, {:.2f} % with the nearest cell\n",
             report.same_texts.all, report.same_texts.percent(), report.folded_texts.percent(),
             report.resolved_texts.percent());
  fmt::print("numbers  {}: {:.2f} %\n", report.numbers.all, report.numbers.percent());
  fmt::print("literals {}: {:.2f} % covered\n", report.literals().all, report.literals().percent());
}

struct Question {
  std::string database, question, query;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A JSON array of {db_id, question, query, …}, every `step`-th of it. SQLite reads the JSON.
Result<std::vector<Question>> read_questions(const std::filesystem::path& path, int step) {
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  // Names are files to this room, ":memory:" too: an empty one that nobody else sees will do.
  const auto scratch = std::filesystem::temp_directory_path() /
                       ("idi-recall-" + std::to_string(::getpid()) + ".sqlite");
  IDI_TRY(auto connection, sqlite::Connection::open(scratch.string(), options));
  std::filesystem::remove(scratch);
  IDI_TRY(auto statement,
          connection.prepare("SELECT value->>'db_id', value->>'question', value->>'query' "
                             "FROM json_each(?1) WHERE key % ?2 = 0"));
  const std::string json = read_file(path);
  statement.bind(1, std::string_view(json));
  statement.bind(2, static_cast<std::int64_t>(step));
  std::vector<Question> questions;
  while (true) {
    IDI_TRY(const bool more, statement.step());
    if (!more) return questions;
    questions.push_back({std::string(statement.text(0)), std::string(statement.text(1)),
                         std::string(statement.text(2))});
  }
}

std::filesystem::path data_folder() {
  const char* named = std::getenv("IDI_DATA");
  return named != nullptr ? named : "../shared/data";
}

int number_from(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

Result<std::shared_ptr<const Linker>> link_database(const std::filesystem::path& file,
                                                    std::shared_ptr<const WordNet> wordnet) {
  IDI_TRY(const auto database, db_sqlite::open_sqlite_database(file));
  IDI_TRY(auto schema, database->introspect({}));
  IDI_TRY(const auto values, ValueIndex::open_or_build(*database, schema, {}, {}, {}, wordnet));
  return Linker::make(std::move(schema), values, std::move(wordnet));
}

/// IDI_RECALL_STEP=1 measures all questions, IDI_RECALL_MISSED=n prints n misses.
Report measure_file(const std::string& name) {
  const auto spider = data_folder() / "spider";
  Report report;
  const auto questions = read_questions(spider / name, number_from("IDI_RECALL_STEP", 25));
  const auto wordnet = WordNet::open();
  if (!questions || !wordnet) {
    ADD_FAILURE() << (questions ? wordnet.error() : questions.error()).to_text();
    return report;
  }
  std::map<std::string, std::shared_ptr<const Linker>> linkers;
  for (const Question& each : *questions) {
    auto& linker = linkers[each.database];
    if (!linker) {
      auto made = link_database(spider / "database" / each.database / (each.database + ".sqlite"),
                                *wordnet);
      if (!made) {
        ADD_FAILURE() << made.error().to_text();
        return report;
      }
      linker = *made;
    }
    measure(each.question, each.query, *linker, report);
  }
  print(name, report);
  const auto wanted = static_cast<std::size_t>(number_from("IDI_RECALL_MISSED", 0));
  const std::size_t step = wanted > 0 ? std::max<std::size_t>(1, report.missed.size() / wanted) : 0;
  for (std::size_t i = 0; step > 0 && i < report.missed.size(); i += step) {
    fmt::print("{}\n", report.missed[i]);
  }
  return report;
}

/// What the linker promises on questions that it was made for.
void expect_recall(const std::string& name) {
  if (!std::filesystem::exists(data_folder() / "spider" / name)) {
    GTEST_SKIP() << "no Spider data: set IDI_DATA to the folder that holds spider/";
  }
  const Report report = measure_file(name);
  ASSERT_GT(report.questions, 0);
  EXPECT_GT(report.tables.at(8).percent(), 99.0);
  EXPECT_GT(report.columns.at(20).percent(), 97.0);
  EXPECT_GT(report.literals().percent(), 94.0);
  EXPECT_LT(static_cast<double>(report.candidates) / report.questions, 3.0);
}

TEST(LinkRecall, SpiderTrain) { expect_recall("train_spider.json"); }
TEST(LinkRecall, SpiderDev) { expect_recall("dev.json"); }

}  // namespace
}  // namespace idi::link
