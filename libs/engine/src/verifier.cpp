#include "verifier.hpp"

#include <utility>

namespace idi::engine {

Result<Verdict> verify(db::Connection& connection, const std::vector<SqlCandidate>& candidates,
                       const link::LinkedQuestion& question, const Schema& schema,
                       const parser::Selector& selector, const Bounds& bounds,
                       const std::function<void(double)>& tried) {
  std::vector<std::string> statements;
  for (const auto& candidate : candidates) statements.push_back(candidate.sql);
  Verdict verdict;
  IDI_TRY(verdict.trials, try_candidates(connection, schema.dialect, statements, bounds, tried));
  verdict.choice = choose(candidates, verdict.trials, question, schema, selector);
  return verdict;
}

std::vector<CandidateReport> reports_of(const std::vector<SqlCandidate>& candidates,
                                        const Verdict& verdict) {
  std::vector<CandidateReport> reports;
  for (const std::size_t index : verdict.choice.order) {
    const Trial& trial = verdict.trials[index];
    reports.push_back({candidates[index].sql, candidates[index].log_probability,
                       verdict.choice.scores[index], trial.state,
                       static_cast<std::int64_t>(trial.table.rows.size()),
                       verdict.choice.features[index]});
  }
  return reports;
}

}  // namespace idi::engine
