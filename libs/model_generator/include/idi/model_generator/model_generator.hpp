// A language model as an engine: asks it for candidates in its own format and reads what it writes.
#pragma once

#include <memory>

#include "idi/engine/sql_generator.hpp"
#include "idi/model_generator/model_service.hpp"
#include "idi/model_generator/prompt_format.hpp"

namespace idi::model_generator {

/// A call that breaks off (the server was killed) is made once more when the server is back.
[[nodiscard]] std::shared_ptr<const engine::SqlGenerator> make_model_generator(
    std::shared_ptr<ModelService> service, std::shared_ptr<const PromptFormat> format);

}  // namespace idi::model_generator
