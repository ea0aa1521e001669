// Who writes SQL, from what the command line and the store of models say: the built-in parser, and
// beside it a language model or none. Part of the composition root.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/engine/engines.hpp"
#include "idi/model_generator/model_service.hpp"
#include "idi/parser/parser.hpp"
#include "options.hpp"

namespace idi::cli {

[[nodiscard]] Result<std::shared_ptr<const parser::Parser>> open_parser(const std::string& weights);

/// The language model that the options mean, if any. Nothing is started or reached.
/// `model_in_use`: without a word about it, the one that `idi model use` chose is meant.
/// Errors: invalid_argument, not_found, unreadable (no GGUF, cut short), those of the store.
[[nodiscard]] Result<std::optional<model_generator::ModelPlace>> choose_model(
    const EngineOptions& options, bool model_in_use);

struct OpenedEngines {
  engine::Engines engines;
  std::shared_ptr<model_generator::ModelService> service;  ///< Null: no language model.
};
/// `at_once`: questions that the model serves at the same time.
/// A model in use that cannot be opened is a warning, one that was named is an error.
[[nodiscard]] Result<OpenedEngines> open_engines(const EngineOptions& options, bool model_in_use,
                                                 int at_once, std::vector<std::string>& warnings);

/// Waits until the model answers. Errors: those of ModelService::borrow.
[[nodiscard]] Status reach_model(model_generator::ModelService& service, Deadline deadline,
                                 std::stop_token stop);

/// A wrong key is a mistake of whoever runs the program, and said before a question is asked: only
/// a server elsewhere can refuse, and only where it is sure to be asked.
[[nodiscard]] Status check_key(const OpenedEngines& opened, const EngineOptions& options,
                               std::stop_token stop);

}  // namespace idi::cli
