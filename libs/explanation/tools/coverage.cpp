// explanation_coverage SPIDER_FOLDER DATABASES [EXAMPLES]: of the training questions with their
// gold SQL, the share whose every word is explained, and the words that are not; and the same
// beside a wrong query. Training only: the lists of cue words are made with it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/link/linker.hpp"
#include "idi/sql/translate.hpp"
#include "spider.hpp"

namespace {

using namespace idi;

struct Word {
  int count = 0;
  std::vector<std::string> examples;
};

std::shared_ptr<const link::Linker> linker_of(const std::filesystem::path& file,
                                              const std::shared_ptr<const link::WordNet>& wordnet) {
  auto database = db_sqlite::open_sqlite_database(file, {});
  if (!database) return nullptr;
  auto schema = (*database)->introspect({});
  if (!schema) return nullptr;
  for (auto& key : sql::infer_foreign_keys(*schema)) schema->foreign_keys.push_back(key);
  const auto values = link::ValueIndex::open_or_build(**database, *schema, {}, {}, {}, wordnet);
  return link::Linker::make(std::move(*schema), values ? *values : link::ValueIndex::empty(),
                            wordnet);
}

std::string words_of(const ir::Query& query, const Schema& schema) {
  return explanation::explain(query, schema).text;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) {
    fmt::print(stderr, "usage: explanation_coverage SPIDER_FOLDER DATABASES [EXAMPLES]\n");
    return 2;
  }
  const std::filesystem::path spider = arguments[1], databases = arguments[2];
  const std::size_t examples =
      argument_count > 3 ? static_cast<std::size_t>(std::atoi(arguments[3])) : 0;
  const auto opened = link::WordNet::open();
  const auto wordnet = opened ? *opened : link::WordNet::none();
  std::map<std::string, std::vector<sql::testing::GoldQuery>> by_database;
  for (auto& gold : sql::testing::load_queries(spider / "train_spider.json")) {
    by_database[gold.database].push_back(std::move(gold));
  }
  std::map<std::string, Word> unused;
  int questions = 0, all_used = 0, words = 0, words_unused = 0;
  int others = 0, others_all_used = 0;  // of another question's query over the same database
  for (const auto& [database, golds] : by_database) {
    const auto linker = linker_of(databases / database / (database + ".sqlite"), wordnet);
    if (!linker) continue;
    const sql::JoinPlanner planner(linker->schema());
    std::optional<ir::Query> before;
    for (const auto& gold : golds) {
      const auto query = sql::to_ir(gold.sql, linker->schema(), planner);
      if (!query) continue;
      const auto linked = linker->link(gold.question);
      const auto used = explanation::used_words(*query, linker->schema(), linked, &planner);
      if (before && words_of(*before, linker->schema()) != words_of(*query, linker->schema())) {
        const auto seen = explanation::used_words(*before, linker->schema(), linked, &planner);
        ++others;
        others_all_used += std::find(seen.begin(), seen.end(), false) == seen.end() ? 1 : 0;
      }
      before = *query;
      ++questions;
      bool complete = true;
      for (std::size_t t = 0; t < used.size(); ++t) {
        ++words;
        if (used[t]) continue;
        complete = false;
        ++words_unused;
        Word& word = unused[linked.tokens[t].lower];
        ++word.count;
        if (word.examples.size() < examples) {
          word.examples.push_back(
              fmt::format("{}\n        {}\n        {}", gold.question, gold.sql,
                          explanation::explain(*query, linker->schema(), &linked, &planner).text));
        }
      }
      all_used += complete ? 1 : 0;
    }
  }
  fmt::print("questions {}; every word explained {:.1f} %; words unexplained {:.2f} %\n", questions,
             100.0 * all_used / std::max(1, questions), 100.0 * words_unused / std::max(1, words));
  fmt::print(
      "beside the query of the question before, which is another: every word explained {:.1f} %\n",
      100.0 * others_all_used / std::max(1, others));
  std::vector<std::pair<std::string, Word>> list(unused.begin(), unused.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 120); ++i) {
    fmt::print("{:5} {}\n", list[i].second.count, list[i].first);
    for (const auto& example : list[i].second.examples) fmt::print("        {}\n", example);
  }
  return 0;
}
