#include "checking.hpp"

#include <optional>
#include <utility>

#include "idi/sql/translate.hpp"
#include "idi/verification/verifier.hpp"

namespace idi::engine {
namespace {

class Checking {
 public:
  Checking(SqlCandidate candidate, ResultTable table, const CheckTools& tools)
      : tools_(tools), checked_{std::move(candidate), std::move(table), {}} {}

  Result<Checked> run() && {
    tools_.meter.bill(Phase::verifying);
    if (checked_.candidate.query) {
      IDI_CHECK(take(
          verification::mend(*checked_.candidate.query, tools_.question, tools_.source.linker())));
    }
    IDI_TRY(const bool was_repaired, verify());
    // The checks of the result are made on what is shown in the end.
    if (was_repaired) {
      IDI_CHECK(verify());
    }
    tools_.meter.bill(Phase::executing);
    return std::move(checked_);
  }

 private:
  /// True if a repaired query ran instead.
  Result<bool> verify() {
    const SqlCandidate& now = checked_.candidate;
    IDI_TRY(auto verified, verification::verify(
                               {tools_.question, tools_.source.linker(),
                                now.query ? &*now.query : nullptr, now.sql, checked_.table},
                               tools_.connection, {}, tools_.bounds.deadline, tools_.bounds.stop));
    return take(std::move(verified));
  }

  /// Keeps what was found; a repair counts only if it can be run. True if it was.
  Result<bool> take(verification::Verified verified) {
    bool replaced = false;
    if (verified.repaired) {
      IDI_TRY(replaced, replace(std::move(*verified.repaired)));
    }
    for (auto& finding : verified.findings) {
      if (finding.repaired && !replaced) continue;
      checked_.findings.push_back(std::move(finding));
    }
    return replaced;
  }

  /// False if the repaired query cannot be written or run: then the old one stays.
  Result<bool> replace(ir::Query repaired) {
    const Schema& schema = tools_.source.schema();
    auto sql = sql::to_sql(repaired, schema, schema.dialect);
    if (!sql) return false;
    const auto statement = tools_.executor.approve(*sql);
    if (!statement) return false;
    auto table = tools_.executor.run(*statement);
    if (!table) {
      IDI_CHECK(tools_.bounds.check());
      return false;
    }
    checked_.candidate.sql = std::move(*sql);
    checked_.candidate.query = std::move(repaired);
    checked_.candidate.tokens.clear();
    checked_.table = std::move(*table);
    return true;
  }

  const CheckTools& tools_;
  Checked checked_;
};

}  // namespace

Result<Checked> check(SqlCandidate candidate, ResultTable table, const CheckTools& tools) {
  return Checking(std::move(candidate), std::move(table), tools).run();
}

}  // namespace idi::engine
