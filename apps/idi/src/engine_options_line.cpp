#include "engine_options_line.hpp"

#include <CLI/CLI.hpp>

namespace idi::cli {

void add_engine_options(CLI::App& command, EngineOptions& options, bool model_in_use) {
  command
      .add_option("--parser", options.parser,
                  "The parser's weights (or set IDI_PARSER; default: installed ones)")
      ->type_name("FILE");
  command
      .add_option("--model", options.model,
                  model_in_use
                      ? "A language model beside the parser: a name of `idi model list`, a "
                        "GGUF file, or none (or set IDI_MODEL; default: the one in use)"
                      : "A language model beside the parser: a name of `idi model list`, a "
                        "GGUF file (default: none)")
      ->type_name("NAME");
  CLI::Option* llm =
      command
          .add_option("--llm", options.llm,
                      "Instead: a server that has one (llama-server, vLLM, Ollama …)")
          ->type_name("URL");
  command.add_option("--llm-key-file", options.llm_key, "Its key is the first line of this file")
      ->type_name("FILE")
      ->needs(llm);
  command.add_option("--llm-model", options.llm_name, "The model to ask for there")
      ->type_name("NAME")
      ->needs(llm);
  command
      .add_option(
          "--policy", options.policy,
          "Who is asked: fast (the model where the parser is unsure), careful (both), model")
      ->check(CLI::IsMember({"fast", "careful", "model"}).description(""))
      ->type_name("NAME")
      ->default_str("fast");
}

}  // namespace idi::cli
