// Measures on Spider's questions how well what a gold query needs is ranked by the parser's encoder
// and by the linker alone, and how often a cut scope holds all of it. The test takes every 25th
// question; IDI_RECALL_STEP=1 takes all.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>

#include "gold_sql.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::prompt {
namespace {

struct Share {
  int hit = 0, all = 0;
  void count(bool good) {
    ++all;
    hit += good ? 1 : 0;
  }
  [[nodiscard]] double percent() const { return all == 0 ? 100.0 : 100.0 * hit / all; }
};

/// Of questions: everything that is needed is among the first k, or in the scope.
struct Report {
  std::map<int, Share> tables, columns, linked_tables, linked_columns;
  std::map<std::pair<int, int>, Share> scopes, linked_scopes;
  std::map<std::pair<int, int>, long> shown_columns;
  int questions = 0, ranked = 0;
};

constexpr int table_ranks[] = {1, 2, 3, 4, 6, 8};
constexpr int column_ranks[] = {3, 5, 8, 12, 20, 30};
constexpr std::pair<int, int> scope_limits[] = {{2, 10}, {3, 16}, {4, 24}, {6, 40}, {12, 120}};

/// The best k by these scores hold all that is wanted.
template <typename Item>
bool among_first(const std::vector<Item>& items, const std::vector<double>& scores,
                 const std::set<Item>& wanted, int k) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::size_t found = 0;
  for (std::size_t i = 0; i < std::min(order.size(), static_cast<std::size_t>(k)); ++i)
    found += wanted.contains(items[order[i]]) ? 1 : 0;
  return found == wanted.size();
}

bool holds(const grammar::Scope& scope, const link::GoldMentions& gold, int first_table) {
  const auto has = [](const auto& items, const auto& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
  };
  return std::all_of(gold.tables.begin(), gold.tables.end(),
                     [&](int table) { return has(scope.tables, first_table + table); }) &&
         std::all_of(gold.columns.begin(), gold.columns.end(), [&](ColumnRef column) {
           return has(scope.columns, ColumnRef{first_table + column.table, column.column});
         });
}

/// Values are pointed at, as candidates are: to_tokens knows no others.
Result<std::vector<ir::Token>> gold_tokens(const std::string& query, const Schema& schema) {
  IDI_TRY(const auto gold, sql::to_ir(query, schema));
  const ir::Query pointing = ir::map_literals(gold, [](ir::Literal literal, auto*) {
    literal.candidate = 0;
    return literal;
  });
  return ir::to_tokens(pointing, schema);
}

/// Says again what the parser has said of this question: several scopes are chosen by it.
class ToldParser final : public parser::Parser {
 public:
  explicit ToldParser(parser::Relevance told) : told_(std::move(told)) {}
  Result<std::vector<parser::Candidate>> parse(const link::LinkedQuestion&, const link::Linker&,
                                               const parser::ParseOptions&) const override {
    return make_error(ErrorCode::unanswerable, "not asked");
  }
  Result<parser::Relevance> relevance(const link::LinkedQuestion&, const link::Linker&, Deadline,
                                      std::stop_token) const override {
    return told_;
  }
  std::string description() const override { return "told"; }

 private:
  parser::Relevance told_;
};

/// The gold query is over `schema`; its first table is number `first_table` of the linker's.
void measure(const std::string& text, const std::string& query, const Schema& schema,
             int first_table, const link::Linker& linker, const parser::Parser& parser,
             Report& report) {
  const auto question = linker.link(text);
  const auto relevance = parser.relevance(question, linker, Deadline::never(), {});
  if (!relevance) {
    ADD_FAILURE() << relevance.error().to_text();
    return;
  }
  ++report.questions;
  // Ranking: what the query says; joins follow from it.
  const auto tokens = gold_tokens(query, schema);
  if (tokens) {
    ++report.ranked;
    std::set<int> tables;
    std::set<ColumnRef> columns;
    for (const ir::Token& token : *tokens) {
      if (token.kind == ir::Token::Kind::table) tables.insert(first_table + token.index);
      if (token.kind != ir::Token::Kind::column) continue;
      const ColumnRef column = schema.from_flat_index(token.index);
      columns.insert({first_table + column.table, column.column});
    }
    for (const ColumnRef column : columns) tables.insert(column.table);
    for (const int k : table_ranks) {
      report.tables[k].count(among_first(question.tables, relevance->tables, tables, k));
      report.linked_tables[k].count(among_first(question.tables, question.table_scores, tables, k));
    }
    for (const int k : column_ranks) {
      report.columns[k].count(among_first(question.columns, relevance->columns, columns, k));
      report.linked_columns[k].count(
          among_first(question.columns, question.column_scores, columns, k));
    }
  }
  // Scope: all that stands in the statement, joins too.
  const auto mentioned = link::mentions_of(query, schema);
  const ToldParser told(*relevance);
  for (const auto& [tables, columns] : scope_limits) {
    const ScopeLimits limits{tables, columns, 100'000};
    const auto scope = choose_scope(question, linker, &told, limits);
    report.scopes[{tables, columns}].count(holds(scope, mentioned, first_table));
    report.shown_columns[{tables, columns}] += static_cast<long>(scope.columns.size());
    report.linked_scopes[{tables, columns}].count(
        holds(choose_scope(question, linker, nullptr, limits), mentioned, first_table));
  }
}

void print(const std::string& name, const Report& report) {
  fmt::print("{}: {} questions, {} of them ranked; all that is needed is there for … %\n", name,
             report.questions, report.ranked);
  const auto ranks = [](const char* what, const auto& encoder, const auto& linker) {
    for (const auto& [k, share] : encoder)
      fmt::print("{} in the best {:2}: encoder {:6.2f}, linker {:6.2f}\n", what, k, share.percent(),
                 linker.at(k).percent());
  };
  ranks("tables ", report.tables, report.linked_tables);
  ranks("columns", report.columns, report.linked_columns);
  for (const auto& [limits, share] : report.scopes)
    fmt::print(
        "scope of {:2} tables, {:3} columns: encoder {:6.2f}, linker {:6.2f} ({:.1f} shown)\n",
        limits.first, limits.second, share.percent(), report.linked_scopes.at(limits).percent(),
        static_cast<double>(report.shown_columns.at(limits)) / report.questions);
}

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}

struct Opened {
  Schema schema;
  std::shared_ptr<const link::ValueIndex> values;
};

std::shared_ptr<const link::WordNet> wordnet() {
  static const auto opened = value_of(link::WordNet::open());
  return opened;
}

std::filesystem::path spider_folder() {
  const char* named = std::getenv("IDI_DATA");
  return std::filesystem::path(named != nullptr ? named : "../shared/data") / "spider";
}

Opened open_database(const std::string& name) {
  const auto database = value_of(
      db_sqlite::open_sqlite_database(spider_folder() / "database" / name / (name + ".sqlite")));
  auto schema = value_of(database->introspect({}));
  auto values = value_of(link::ValueIndex::open_or_build(*database, schema, {}, {}, {}, wordnet()));
  return {std::move(schema), std::move(values)};
}

struct Question {
  std::string database, text, query;
};

/// Every so-many-th of a JSON array of {db_id, question, query}; SQLite reads it.
std::vector<Question> read_questions(const std::string& name) {
  const char* step_text = std::getenv("IDI_RECALL_STEP");
  const std::int64_t step = step_text != nullptr ? std::max(1, std::atoi(step_text)) : 25;
  std::ifstream file(spider_folder() / name, std::ios::binary);
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  const auto scratch = std::filesystem::path(::testing::TempDir()) / ("idi-recall-" + name);
  auto connection = value_of(sqlite::Connection::open(scratch, {.mode = sqlite::OpenMode::create}));
  std::filesystem::remove(scratch);
  auto rows =
      value_of(connection.prepare("SELECT value->>'db_id', value->>'question', value->>'query' "
                                  "FROM json_each(?1) WHERE key % ?2 = 0"));
  rows.bind(1, std::string_view(json));
  rows.bind(2, step);
  std::vector<Question> questions;
  while (value_of(rows.step()))
    questions.push_back(
        {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))});
  return questions;
}

std::shared_ptr<const parser::Parser> open_parser() {
  return value_of(parser::Parser::open("models/idi-parser.bin"));
}

Report measure_file(const std::string& name) {
  const auto parser = open_parser();
  Report report;
  std::map<std::string, std::shared_ptr<const link::Linker>> linkers;
  for (const Question& each : read_questions(name)) {
    auto& linker = linkers[each.database];
    if (!linker) {
      Opened opened = open_database(each.database);
      linker = link::Linker::make(std::move(opened.schema), opened.values, wordnet());
    }
    measure(each.text, each.query, linker->schema(), 0, *linker, *parser, report);
  }
  print(name, report);
  return report;
}

/// Several databases as one: their tables one after the other.
class JoinedIndex final : public link::ValueIndex {
 public:
  std::vector<std::shared_ptr<const link::ValueIndex>> parts;
  std::vector<int> first_tables;

  std::vector<link::CellHit> lookup(std::string_view phrase, int max_hits) const override {
    return all([&](const link::ValueIndex& part) { return part.lookup(phrase, max_hits); },
               max_hits);
  }
  std::vector<link::CellHit> lookup_word(std::string_view word, int max_hits) const override {
    return all([&](const link::ValueIndex& part) { return part.lookup_word(word, max_hits); },
               max_hits);
  }
  std::optional<std::string> closest_cell(ColumnRef column,
                                          std::string_view phrase) const override {
    const std::size_t part = part_of(column);
    return parts[part]->closest_cell({column.table - first_tables[part], column.column}, phrase);
  }
  std::vector<std::string> cells(ColumnRef column, int max) const override {
    const std::size_t part = part_of(column);
    return parts[part]->cells({column.table - first_tables[part], column.column}, max);
  }

 private:
  std::size_t part_of(ColumnRef column) const {
    const auto after = std::upper_bound(first_tables.begin(), first_tables.end(), column.table);
    return static_cast<std::size_t>(after - first_tables.begin()) - 1;
  }
  template <typename Look>
  std::vector<link::CellHit> all(Look look, int max_hits) const {
    std::vector<link::CellHit> hits;
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (link::CellHit& hit : look(*parts[i])) {
        if (static_cast<int>(hits.size()) == max_hits) return hits;
        hit.column.table += first_tables[i];
        hits.push_back(std::move(hit));
      }
    return hits;
  }
};

/// All databases of a file as one: more than a prompt, and more than linking, can show.
Report measure_joined(const std::string& name) {
  const auto questions = read_questions(name);
  std::map<std::string, std::pair<Schema, int>> parts;
  Schema joined;
  const auto index = std::make_shared<JoinedIndex>();
  for (const Question& each : questions) {
    if (parts.contains(each.database)) continue;
    Opened opened = open_database(each.database);
    const auto first = static_cast<int>(joined.tables.size());
    for (const Table& table : opened.schema.tables) joined.tables.push_back(table);
    for (ForeignKey key : opened.schema.foreign_keys) {
      key.from.table += first;
      key.to.table += first;
      joined.foreign_keys.push_back(key);
    }
    index->parts.push_back(opened.values);
    index->first_tables.push_back(first);
    parts[each.database] = {std::move(opened.schema), first};
  }
  const auto parser = open_parser();
  const auto linker = link::Linker::make(joined, index, wordnet());
  Report report;
  for (const Question& each : questions) {
    const auto& [schema, first] = parts.at(each.database);
    measure(each.text, each.query, schema, first, *linker, *parser, report);
  }
  print(fmt::format("{} as one database of {} tables and {} columns", name, joined.tables.size(),
                    joined.column_count()),
        report);
  return report;
}

class ScopeRecall : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(spider_folder()))
      GTEST_SKIP() << "no Spider data: set IDI_DATA to the folder that holds spider/";
    if (!std::filesystem::exists("models/idi-parser.bin"))
      GTEST_SKIP() << "no weights: models/idi-parser.bin";
  }
  static void expect_recall(const std::string& name) {
    const Report report = measure_file(name);
    ASSERT_GT(report.questions, 0);
    EXPECT_GT(report.tables.at(4).percent(), 97.0);
    EXPECT_GT(report.columns.at(12).percent(), 95.0);
    EXPECT_GT(report.scopes.at({12, 120}).percent(), 97.0);
    EXPECT_GE(report.columns.at(8).percent(), report.linked_columns.at(8).percent());
  }
};

TEST_F(ScopeRecall, SpiderTrain) { expect_recall("train_spider.json"); }
TEST_F(ScopeRecall, SpiderDev) { expect_recall("dev.json"); }
TEST_F(ScopeRecall, SpiderDevAsOneDatabase) {
  const Report report = measure_joined("dev.json");
  ASSERT_GT(report.questions, 0);
  EXPECT_GT(report.scopes.at({12, 120}).percent(), 75.0);
}

}  // namespace
}  // namespace idi::prompt
