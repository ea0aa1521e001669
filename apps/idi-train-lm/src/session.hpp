// Training from beginning to end: draws schemas and questions, steps, evaluates, writes
// checkpoints.
#pragma once

#include <iosfwd>

#include "idi/core/result.hpp"
#include "options.hpp"

namespace idi::lm {

/// The learning rate rises over the first steps and falls to zero at options.minutes of training
/// time, so that a run ends when it should on any machine. Errors: those of reading and writing.
[[nodiscard]] Status train(const TrainOptions& options, std::ostream& log);

}  // namespace idi::lm
