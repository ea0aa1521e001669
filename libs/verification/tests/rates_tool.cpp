// verification_rates SPIDER_FOLDER QUESTIONS.json EVERY [EXAMPLES]: how often each check speaks of
// gold queries, which are right: what is found there is a false alarm or a fault of the data set.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/sql/translate.hpp"
#include "idi/verification/verifier.hpp"
#include "spider.hpp"

namespace {

using namespace idi;

struct Opened {
  std::unique_ptr<db::Database> database;
  std::unique_ptr<db::Connection> connection;
  std::shared_ptr<const link::Linker> linker;
};

std::optional<Opened> open_database(const std::filesystem::path& file) {
  auto database = db_sqlite::open_sqlite_database(file);
  if (!database) return std::nullopt;
  auto schema = (*database)->introspect({});
  auto connection = (*database)->connect();
  if (!schema || !connection) return std::nullopt;
  for (auto& key : sql::infer_foreign_keys(*schema)) schema->foreign_keys.push_back(std::move(key));
  auto wordnet = link::WordNet::open();
  const auto words = wordnet ? *wordnet : link::WordNet::none();
  auto values = link::ValueIndex::open_or_build(**database, *schema, {}, {}, {}, words);
  if (!values) return std::nullopt;
  auto linker = link::Linker::make(std::move(*schema), std::move(*values), words);
  return Opened{std::move(*database), std::move(*connection), std::move(linker)};
}

/// Planted: a letter pair of a stored value is swapped in question and query.
struct Planted {
  int values = 0, found = 0, first = 0;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

void plant(const sql::testing::GoldQuery& gold, const Opened& opened, Planted& planted) {
  const Schema& schema = opened.linker->schema();
  const auto query = sql::to_ir(gold.sql, schema);
  const auto linked = opened.linker->link(gold.question);
  if (!query) return;
  for (const auto& value : linked.values) {
    const std::string& cell = value.text;
    constexpr std::size_t least = 5;
    if (value.kind != link::ValueKind::cell || cell.size() < least) continue;
    if (gold.question.find(cell) == std::string::npos) continue;
    if (gold.sql.find(cell) == std::string::npos || cell[1] == cell[2]) continue;
    std::string wrong = cell;
    std::swap(wrong[1], wrong[2]);
    const std::string question = replaced(gold.question, cell, wrong);
    const auto tree = sql::to_ir(replaced(gold.sql, cell, wrong), schema);
    const auto sql = tree ? sql::to_sql(*tree, schema, Dialect::sqlite) : Result<std::string>("");
    if (!tree || !sql) continue;
    const auto result = db::run_query(*opened.connection, Dialect::sqlite, *sql, {});
    if (!result) continue;
    const auto asked = opened.linker->link(question);
    const auto verified = verification::verify({asked, *opened.linker, &*tree, *sql, *result},
                                               *opened.connection, {}, Deadline::never(), {});
    ++planted.values;
    if (!verified) continue;
    for (const auto& finding : verified->findings) {
      if (finding.kind != verification::FindingKind::nothing_matches) continue;
      ++planted.found;
      if (!finding.offers.empty() && finding.offers.front().question == gold.question) {
        ++planted.first;
      }
      break;
    }
  }
}

struct Rates {
  int questions = 0, with_finding = 0, repaired = 0, repair_fails = 0, mended = 0;
  double ms = 0, most_ms = 0;
  std::map<std::string, std::vector<std::string>> examples;  ///< By kind and whether repaired.
};

void measure(const sql::testing::GoldQuery& gold, const Opened& opened, Rates& rates) {
  const Schema& schema = opened.linker->schema();
  auto query = sql::to_ir(gold.sql, schema);
  if (!query) return;
  const auto linked = opened.linker->link(gold.question);
  std::vector<verification::Finding> findings;
  auto mended = verification::mend(*query, linked, *opened.linker);
  findings = mended.findings;
  if (mended.repaired) {
    ++rates.mended;
    query = std::move(*mended.repaired);
  }
  const auto sql = sql::to_sql(*query, schema, Dialect::sqlite);
  if (!sql) return;
  const auto result = db::run_query(*opened.connection, Dialect::sqlite, *sql, {});
  if (!result) return;
  ++rates.questions;
  const auto start = std::chrono::steady_clock::now();
  const auto verified = verification::verify({linked, *opened.linker, &*query, *sql, *result},
                                             *opened.connection, {}, Deadline::never(), {});
  const double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  rates.ms += ms;
  rates.most_ms = std::max(rates.most_ms, ms);
  if (!verified) return;
  findings.insert(findings.end(), verified->findings.begin(), verified->findings.end());
  rates.with_finding += findings.empty() ? 0 : 1;
  for (const auto& finding : findings) {
    std::string kind(verification::finding_kind_name(finding.kind));
    if (finding.repaired) kind += " (repaired)";
    rates.examples[kind].push_back(fmt::format("{}: {}\n        {}\n        {}", gold.database,
                                               gold.question, gold.sql, finding.text));
  }
  if (!verified->repaired) return;
  ++rates.repaired;
  const auto again = sql::to_sql(*verified->repaired, schema, Dialect::sqlite);
  if (!again || !db::run_query(*opened.connection, Dialect::sqlite, *again, {})) {
    ++rates.repair_fails;
  }
}

void print(const Rates& rates, std::size_t examples) {
  const auto share = [&](std::size_t part) {
    return 100.0 * static_cast<double>(part) / std::max(1, rates.questions);
  };
  fmt::print(
      "{} gold queries; a finding on {} ({:.2f} %), mended before: {}, repaired: {}, of "
      "these do not run: {}; {:.2f} ms each, at most {:.0f} ms\n",
      rates.questions, rates.with_finding, share(static_cast<std::size_t>(rates.with_finding)),
      rates.mended, rates.repaired, rates.repair_fails, rates.ms / std::max(1, rates.questions),
      rates.most_ms);
  for (const auto& [kind, found] : rates.examples) {
    fmt::print("  {:32} {:5} {:6.2f} %\n", kind, found.size(), share(found.size()));
    for (std::size_t i = 0; i < std::min(examples, found.size()); ++i) {
      fmt::print("      {}\n", found[i * found.size() / std::min(examples, found.size())]);
    }
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 4) {
    fmt::print(stderr, "usage: verification_rates SPIDER_FOLDER QUESTIONS.json EVERY [EXAMPLES]\n");
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto questions = sql::testing::load_queries(folder / arguments[2]);
  const auto every = static_cast<std::size_t>(std::max(1, std::atoi(arguments[3])));
  std::map<std::string, std::vector<sql::testing::GoldQuery>> by_database;
  for (std::size_t i = 0; i < questions.size(); i += every) {
    by_database[questions[i].database].push_back(questions[i]);
  }
  Rates rates;
  Planted planted;
  for (const auto& [name, all] : by_database) {
    const auto opened = open_database(folder / "database" / name / (name + ".sqlite"));
    if (!opened) continue;
    for (const auto& gold : all) {
      measure(gold, *opened, rates);
      plant(gold, *opened, planted);
    }
  }
  print(rates, argument_count > 4 ? static_cast<std::size_t>(std::atoi(arguments[4])) : 0);
  fmt::print(
      "misspelled values planted: {}; found: {}; the first offer is the right question: {}\n",
      planted.values, planted.found, planted.first);
  return 0;
}
