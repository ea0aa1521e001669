#include "engine_opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/gguf/gguf.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "idi/model_generator/model_generator.hpp"
#include "idi/model_generator/prompt_format.hpp"
#include "idi/model_store/model_store.hpp"
#include "paths.hpp"

namespace idi::cli {
namespace {

namespace fs = std::filesystem;
using model_generator::LocalModel;
using model_generator::ModelPlace;
using model_store::Profile;
using model_store::PromptFormat;

constexpr int max_slots = 8;
constexpr std::size_t max_key_bytes = 4'096;
constexpr std::chrono::milliseconds key_check_timeout{5'000};

/// The first line of the file: a key in the command line would be seen by every user.
Result<std::string> read_key(const std::string& file) {
  std::ifstream in(file);
  std::string key;
  if (!in || !std::getline(in, key)) {
    return make_error(ErrorCode::not_found, fmt::format("there is no key in {}", file),
                      "Write the key into the file, as its first line.");
  }
  key = text::trim(key);
  if (key.empty() || key.size() > max_key_bytes) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{} holds no key", file),
                      "Write the key into the file, as its first line.");
  }
  return key;
}

/// A file that is not in the store.
Result<Profile> profile_of_file(const fs::path& file) {
  auto read = gguf::read_header(file);
  if (!read && read.error().code == ErrorCode::unreadable) {
    Error error = read.error();
    error.hint =
        "A language model is a whole GGUF file. The weights of the built-in parser are named "
        "with --parser.";
    return error;
  }
  IDI_TRY(const auto header, std::move(read));
  auto facts = gguf::facts_of(header);
  if (!facts) return facts.error().with_context(file.string());
  Profile profile;
  profile.name = file.stem().string();
  profile.file = file;
  profile.licence = facts->licence;
  profile.bytes = static_cast<std::int64_t>(header.file_bytes);
  if (gguf::text_of(header, "idi.prompt_format") == "nano") profile.format = PromptFormat::nano;
  if (facts->context_length > 0) {
    profile.context_tokens = static_cast<int>(std::min<std::uint64_t>(
        facts->context_length, static_cast<std::uint64_t>(profile.context_tokens)));
  }
  return profile;
}

bool looks_like_a_file(const std::string& word) {
  std::error_code ignored;
  return word.find('/') != std::string::npos || word.ends_with(".gguf") ||
         fs::is_regular_file(word, ignored);
}

Result<std::unique_ptr<model_store::ModelStore>> open_store() {
  return model_store::ModelStore::open(model_folder());
}

/// nullopt: none is in use. Whoever never added a model has no store.
Result<std::optional<Profile>> model_in_use_here() {
  std::error_code ignored;
  if (model_folder().empty() || !fs::exists(model_folder(), ignored)) return std::nullopt;
  IDI_TRY(const auto store, open_store());
  return store->chosen();
}

Result<std::optional<Profile>> find_profile(const EngineOptions& options, bool model_in_use) {
  std::string wanted = options.model;
  if (wanted.empty() && model_in_use) {
    if (const char* named = std::getenv("IDI_MODEL")) wanted = named;
    if (wanted.empty()) return model_in_use_here();
  }
  if (wanted.empty() || wanted == "none") return std::nullopt;
  if (looks_like_a_file(wanted)) {
    IDI_TRY(auto profile, profile_of_file(wanted));
    return std::optional(std::move(profile));
  }
  IDI_TRY(const auto store, open_store());
  IDI_TRY(auto profile, store->find(wanted));
  return std::optional(std::move(profile));
}

LocalModel run_here(Profile profile) {
  LocalModel local;
  local.profile = std::move(profile);
  local.runtime_prefix = llama_runtime::default_prefix();
  // A token of so small a model is done before two threads have found each other.
  if (local.profile.format == PromptFormat::nano) local.server.threads = 1;
  if (ensure_writable(state_directory())) local.server.log = state_directory() / "llama-server.log";
  return local;
}

std::shared_ptr<const model_generator::PromptFormat> format_of(
    const ModelPlace& place, const std::shared_ptr<const parser::Parser>& parser) {
  const auto* local = std::get_if<LocalModel>(&place);
  if (!local) return model_generator::make_chat_format(parser);
  if (local->profile.format == PromptFormat::nano) return model_generator::make_nano_format();
  const auto& adapters = local->profile.adapters;
  const auto writes_sql = std::find_if(adapters.begin(), adapters.end(), [](const auto& adapter) {
    return adapter.role == "sql_generator";
  });
  return model_generator::make_chat_format(
      parser, writes_sql == adapters.end() ? -1 : static_cast<int>(writes_sql - adapters.begin()));
}

}  // namespace

Result<std::shared_ptr<const parser::Parser>> open_parser(const std::string& weights) {
  IDI_TRY(const auto file, find_weights(weights));
  auto parser = parser::Parser::open(file.string());
  if (!parser && parser.error().code == ErrorCode::invalid_argument) {
    // What is wrong in the file is not the fault of the command line.
    Error error = parser.error();
    error.code = ErrorCode::wrong_version;
    error.hint = "Use the weights file that this program came with, or train it anew.";
    return error.with_context(file.string());
  }
  return parser;
}

Result<std::optional<ModelPlace>> choose_model(const EngineOptions& options, bool model_in_use) {
  if (!options.llm.empty()) {
    if (!options.model.empty()) {
      return make_error(ErrorCode::invalid_argument, "--model and --llm name two models",
                        "Name one. The model to ask for at an address is --llm-model NAME.");
    }
    llm::Endpoint endpoint;
    endpoint.url = options.llm;
    endpoint.model = options.llm_name;
    if (!options.llm_key.empty()) {
      IDI_TRY(endpoint.api_key, read_key(options.llm_key));
    }
    return std::optional<ModelPlace>(std::move(endpoint));
  }
  IDI_TRY(auto profile, find_profile(options, model_in_use));
  if (!profile) return std::optional<ModelPlace>();
  return std::optional<ModelPlace>(run_here(std::move(*profile)));
}

Result<OpenedEngines> open_engines(const EngineOptions& options, bool model_in_use, int at_once,
                                   std::vector<std::string>& warnings) {
  OpenedEngines opened;
  IDI_TRY(const auto parser, open_parser(options.parser));
  opened.engines.parser = engine::make_parser_generator(parser);
  auto chosen = choose_model(options, model_in_use);
  if (!chosen && (!options.model.empty() || !options.llm.empty() || !options.policy.empty()))
    return chosen.error();
  if (!chosen) warnings.push_back(chosen.error().to_text());
  auto place = chosen ? std::move(*chosen) : std::nullopt;
  if (!options.policy.empty()) {
    opened.engines.policy = engine::policy_from_name(options.policy).value_or(engine::Policy::fast);
  }
  if (!place) {
    if (opened.engines.policy != engine::Policy::fast) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("--policy {} needs a language model", options.policy),
                        "Name one: --model NAME, --model FILE.gguf or --llm URL; `idi model list` "
                        "shows what is there.");
    }
    return opened;
  }
  const auto format = format_of(*place, parser);
  if (auto* local = std::get_if<LocalModel>(&*place)) {
    local->server.slots = std::clamp(at_once, 1, max_slots);
  }
  opened.service = model_generator::ModelService::make(std::move(*place));
  opened.engines.model = model_generator::make_model_generator(opened.service, format);
  return opened;
}

Status reach_model(model_generator::ModelService& service, Deadline deadline,
                   std::stop_token stop) {
  model_generator::Waiting waiting;
  waiting.deadline = deadline;
  waiting.stop = std::move(stop);
  const auto loan = service.borrow(waiting);
  if (!loan) return loan.error();
  return {};
}

Status check_key(const OpenedEngines& opened, const EngineOptions& options, std::stop_token stop) {
  if (!opened.service || options.llm.empty() || opened.engines.policy == engine::Policy::fast)
    return {};
  const auto reached =
      reach_model(*opened.service, Deadline::after(key_check_timeout), std::move(stop));
  if (reached || reached.error().code != ErrorCode::refused) return {};
  Error error = reached.error();
  error.code = ErrorCode::invalid_argument;
  return error;
}

}  // namespace idi::cli
