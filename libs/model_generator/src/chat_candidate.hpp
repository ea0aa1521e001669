// A model's own SQL as a candidate: with its tree where the tree has words for it.
#pragma once

#include <string>

#include "idi/core/schema.hpp"
#include "idi/engine/sql_candidate.hpp"
#include "idi/link/linked_question.hpp"

namespace idi::model_generator {

[[nodiscard]] engine::SqlCandidate chat_candidate(std::string sql,
                                                  const link::LinkedQuestion& question,
                                                  const Schema& schema);

}  // namespace idi::model_generator
