// The product under measurement: the same pipeline that answers `idi ask`, asked by the evaluator.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>

#include "data_options.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/answer.hpp"
#include "idi/eval/predictor.hpp"

namespace idi::cli {

/// Sees every answer, from several threads at once.
using AnswerObserver = std::function<void(std::size_t index, const engine::Answer&)>;

/// Databases are opened when they are first asked for and kept; each thread has pipelines of its
/// own. With options.eval.tables, natural names are taken from there, as training took them.
/// A model that is asked too must be there: waits until it answers. Errors: those of the weights,
/// of the tables' file and of the model; cancelled.
[[nodiscard]] Result<std::unique_ptr<eval::Predictor>> open_pipeline_predictor(
    const EvalCommandOptions& options, std::stop_token stop, AnswerObserver observer = {});

}  // namespace idi::cli
