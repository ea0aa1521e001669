// The commands of `idi`: each takes what the command line said and returns the exit code. One
// source file per command, in commands/.
#pragma once

#include "data_options.hpp"
#include "interrupt.hpp"
#include "options.hpp"

namespace idi::cli {

[[nodiscard]] int run_ask(const AskOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_chat(const ChatOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_serve(const ServeOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_schema(const SchemaOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_doctor(const DoctorOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_demo_create(const DemoOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_eval(const EvalCommandOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_export(const DataOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_coverage(const DataOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_synth(const SynthOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_selector(const SelectorOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_confidence(const ConfidenceOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_data_variants(const VariantsOptions& options);
[[nodiscard]] int run_data_join(const JoinOptions& options);
[[nodiscard]] int run_data_unnamed(const UnnamedOptions& options);

}  // namespace idi::cli
