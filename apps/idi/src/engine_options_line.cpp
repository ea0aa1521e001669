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
                  model_in_use ? "A language model beside it: a name, a GGUF file or none"
                               : "A language model beside it: a name or a GGUF file")
      ->type_name("NAME")
      ->default_str(model_in_use ? "IDI_MODEL, the one in use" : "none");
  CLI::Option* llm = command
                         .add_option("--llm", options.llm,
                                     "Instead: a server with one (llama-server, vLLM, Ollama …)")
                         ->type_name("URL");
  command.add_option("--llm-key-file", options.llm_key, "Its key is the first line of this file")
      ->type_name("FILE")
      ->needs(llm);
  command.add_option("--llm-model", options.llm_name, "The model to ask for there")
      ->type_name("NAME")
      ->needs(llm);
  command
      .add_option("--policy", options.policy,
                  "fast: asks it where the parser is unsure; careful: asks both; model")
      ->check(CLI::IsMember({"fast", "careful", "model"}).description(""))
      ->type_name("NAME")
      ->default_str("fast");
}

}  // namespace idi::cli
