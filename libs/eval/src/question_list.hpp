// Which questions a run asks, and the key that tells this run from every other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/eval/options.hpp"
#include "scorer.hpp"

namespace idi::eval {

inline constexpr std::size_t max_questions = 10'000'000;

/// Indices of the chosen ones among `count`, ascending: all, the first `limit`, or with a seed a
/// random sample of `limit`, the same on every machine.
[[nodiscard]] std::vector<std::size_t> choose_questions(std::size_t count,
                                                        std::optional<std::size_t> limit,
                                                        std::optional<std::uint64_t> seed);

/// The chosen questions with their database files. Errors: not_found and invalid_argument for a
/// database that is not there, with the number of questions that need one.
[[nodiscard]] Result<std::vector<Question>> list_questions(
    const EvalOptions& options, const std::vector<dataset::QuestionRecord>& records);

/// Same key: same questions, gold queries, databases, rules and predictor, so recorded outcomes
/// hold.
[[nodiscard]] std::string run_key(const EvalOptions& options, const std::string& predictor_identity,
                                  const std::vector<Question>& questions);

}  // namespace idi::eval
