#include <algorithm>
#include <utility>

#include "check.hpp"
#include "idi/verification/verifier.hpp"

namespace idi::verification {
namespace {

Outcome check(const Subject& subject, Probe& probe, const sql::JoinPlanner& planner) {
  Outcome outcome;
  const Case question{subject, *subject.query, subject.linker.schema(), planner, probe};
  check_values(question, outcome);
  check_multiplied(question, outcome);
  // What follows speaks of the result; that of a repaired query will be another.
  if (outcome.repaired) return outcome;
  check_ranges(question, outcome);
  check_limit(question, outcome);
  check_dropped(question, outcome);
  check_groups(question, outcome);
  if (outcome.findings.empty()) check_all_null(subject.result, subject.query, outcome);
  check_no_rows(question, outcome);
  return outcome;
}

Outcome check_result(const ResultTable& result) {
  Outcome outcome;
  check_all_null(result, nullptr, outcome);
  if (result.rows.empty()) {
    outcome.add(FindingKind::no_rows, 0.25, "There is nothing for this question.");
  }
  return outcome;
}

}  // namespace

Result<Verified> verify(const Subject& subject, db::Connection& connection,
                        const VerifyLimits& limits, Deadline deadline, std::stop_token stop) {
  const Schema& schema = subject.linker.schema();
  const sql::JoinPlanner planner(schema);
  Probe probe(connection, schema, planner, limits, deadline, std::move(stop));
  IDI_CHECK(probe.state());
  Outcome outcome = subject.query != nullptr && !subject.query->select.empty()
                        ? check(subject, probe, planner)
                        : check_result(subject.result);
  IDI_CHECK(probe.state());
  std::stable_sort(outcome.findings.begin(), outcome.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.doubt > b.doubt; });
  return Verified{std::move(outcome.findings), std::move(outcome.repaired)};
}

}  // namespace idi::verification
