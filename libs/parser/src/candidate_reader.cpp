#include "idi/parser/candidate_reader.hpp"

#include <utility>

#include "idi/sql/join_planner.hpp"
#include "idi/sql/translate.hpp"
#include "value_resolver.hpp"

namespace idi::parser {

struct CandidateReader::Parts {
  const Schema& schema;
  Dialect dialect;
  sql::JoinPlanner planner;
  ValueResolver resolver;
};

CandidateReader::CandidateReader(const link::LinkedQuestion& question, const link::Linker& linker,
                                 Dialect dialect)
    : parts_(new Parts{
          linker.schema(), dialect, sql::JoinPlanner(linker.schema()),
          ValueResolver(question, linker.schema(), linker.values(), linker.calendar())}) {}

CandidateReader::~CandidateReader() = default;
CandidateReader::CandidateReader(CandidateReader&&) noexcept = default;

Result<Candidate> CandidateReader::read(std::vector<ir::Token> tokens) {
  IDI_TRY(const auto query, ir::from_tokens(tokens, parts_->schema));
  IDI_TRY(auto resolved, parts_->resolver.resolve(query));
  Candidate candidate;
  IDI_TRY(candidate.sql,
          sql::to_sql(resolved.query, parts_->schema, parts_->dialect, parts_->planner));
  candidate.query = std::move(resolved.query);
  candidate.unresolved_values = resolved.unresolved;
  candidate.steps = static_cast<int>(tokens.size());
  candidate.tokens = std::move(tokens);
  return candidate;
}

}  // namespace idi::parser
