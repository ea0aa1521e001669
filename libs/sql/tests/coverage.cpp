#include "coverage.hpp"

#include <memory>

#include "idi/core/text.hpp"
#include "round_trip.hpp"
#include "sqlite_probe.hpp"

namespace idi::sql::testing {
namespace {

bool is_ordered(const std::string& sql) {
  return text::to_lower_ascii(sql).find("order by") != std::string::npos;
}

}  // namespace

Coverage measure_coverage(const std::filesystem::path& spider, const std::string& file,
                          int stride) {
  const auto schemas = load_schemas(spider / "tables.json");
  std::map<std::string, std::unique_ptr<SqliteProbe>> probes;
  Coverage coverage;
  const std::vector<GoldQuery> queries = load_queries(spider / file);
  for (std::size_t i = 0; i < queries.size(); i += static_cast<std::size_t>(stride)) {
    const GoldQuery& gold = queries[i];
    auto& probe = probes[gold.database];
    if (!probe) {
      probe = std::make_unique<SqliteProbe>(spider / "database" / gold.database /
                                            (gold.database + ".sqlite"));
    }
    const Result<Rows> expected = probe->run(gold.sql);
    if (!expected) {
      ++coverage.gold_fails;
      continue;
    }
    ++coverage.total;
    const Result<RoundTrip> trip = round_trip(gold.sql, schemas.at(gold.database));
    if (!trip) {
      coverage.lost[trip.error().message].push_back(gold.database + ": " + gold.sql);
      continue;
    }
    ++coverage.written;
    coverage.tokens += static_cast<int>(trip->tokens.size());
    for (const ir::Token& token : trip->tokens) {
      if (token == ir::Token{ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::join)}) {
        ++coverage.join_words;
      }
      if (token == ir::Token{ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::on)}) {
        ++coverage.hint_words;
      }
    }
    const std::string example = gold.database + ": " + gold.sql + "\n      ir:  " +
                                ir::to_text(trip->tokens, schemas.at(gold.database)) +
                                "\n      sql: " + trip->sql;
    const Result<Rows> actual = probe->run(trip->sql);
    if (!actual) {
      coverage.lost["does not run: " + actual.error().message].push_back(example);
    } else if (!same_rows(*expected, *actual, is_ordered(gold.sql))) {
      coverage.lost["different result"].push_back(example);
    } else {
      ++coverage.survived;
    }
  }
  return coverage;
}

}  // namespace idi::sql::testing
