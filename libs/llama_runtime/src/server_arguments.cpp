#include "server_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "idi/core/text.hpp"

namespace idi::llama_runtime {
namespace {

/// Prompts of other slots that are kept in memory for later; the server's own 8 GiB is more than
/// many machines have. None with adapters: a prompt that was read under one adapter would be taken
/// for one read under another (seen with llama.cpp 0.7.0).
constexpr int prompt_cache_mib = 1'024;
/// An SQL query repeats names of its prompt in runs of a few tokens.
constexpr int ngram_match_tokens = 4;
constexpr int ngram_draft_tokens = 12;
/// More than any model has.
constexpr int all_layers = 999;

bool part_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; }

}  // namespace

bool ServerFeatures::knows(std::string_view option) const {
  for (std::size_t at = help.find(option); at != std::string::npos;
       at = help.find(option, at + 1)) {
    const std::size_t end = at + option.size();
    if (at > 0 && part_of_word(help[at - 1])) continue;
    if (end < help.size() && part_of_word(help[end])) continue;
    return true;
  }
  return false;
}

ServerFeatures features_of(std::string help, std::string_view devices) {
  ServerFeatures features{std::move(help), false};
  // "Available devices:", then "  Vulkan0: NAME (… MiB)" for each, or "  (none)". BLAS is a
  // library.
  bool listed = false;
  for (const auto& line : text::split(devices, '\n')) {
    if (line.starts_with("Available devices")) {
      listed = true;
    } else if (listed && line.starts_with("  ") && !line.starts_with("  BLAS") &&
               line.find(": ") != std::string::npos) {
      features.has_gpu = true;
    }
  }
  return features;
}

std::vector<std::string> server_arguments(const Runtime& runtime, const ServerOptions& options,
                                          const ServerFeatures& features, int port, int cores) {
  std::vector<std::string> argv = runtime.server;
  const auto add = [&](std::initializer_list<std::string> words) {
    argv.insert(argv.end(), words.begin(), words.end());
  };
  const auto add_known = [&](std::initializer_list<std::string> words) {
    if (features.knows(*words.begin())) add(words);
  };
  add({"--host", "127.0.0.1", "--port", std::to_string(port)});
  add({"--model", options.model.string()});
  add({"--parallel", std::to_string(options.slots)});
  // Of all slots together.
  add({"--ctx-size", std::to_string(options.context_tokens * options.slots)});
  add({"--threads", std::to_string(options.threads > 0 ? options.threads : cores)});
  if (options.gpu_layers >= 0) {
    add({"--n-gpu-layers", std::to_string(options.gpu_layers)});
  } else if (!features.has_gpu) {
    add_known({"--fit", "off"});  // nothing to fit into
  } else if (!features.knows("--fit")) {
    add({"--n-gpu-layers", std::to_string(all_layers)});
  }  // else as many layers as fit, as the server finds
  for (const auto& adapter : options.adapters) add({"--lora", adapter.string()});
  if (!options.adapters.empty()) add({"--lora-init-without-apply"});
  add({features.knows("--no-ui") || !features.knows("--no-webui") ? "--no-ui" : "--no-webui"});
  add_known({"--slots"});
  add_known({"--jinja"});
  add_known({"--offline"});
  add_known({"--no-kv-unified"});
  add_known({"--cache-ram", std::to_string(options.adapters.empty() ? prompt_cache_mib : 0)});
  if (options.ngram_speculation && features.knows("--spec-ngram-simple-size-n")) {
    add({"--spec-type", "ngram-simple"});
    add({"--spec-ngram-simple-size-n", std::to_string(ngram_match_tokens)});
    add({"--spec-ngram-simple-size-m", std::to_string(ngram_draft_tokens)});
  }
  argv.insert(argv.end(), options.extra_options.begin(), options.extra_options.end());
  return argv;
}

}  // namespace idi::llama_runtime
