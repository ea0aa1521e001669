// The commands of `idi model`: each takes what the command line said and returns the exit code.
#pragma once

#include "interrupt.hpp"
#include "model_options.hpp"

namespace idi::cli {

[[nodiscard]] int run_model_list(const ModelListOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_model_pull(const ModelPullOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_model_add(const ModelAddOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_model_use(const ModelUseOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_model_verify(const ModelVerifyOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_model_remove(const ModelRemoveOptions& options, Interrupt& interrupt);

}  // namespace idi::cli
