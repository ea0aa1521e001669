#include "model_file.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace idi::model_store {
namespace {

Error unfit(std::string what, std::string hint) {
  return make_error(ErrorCode::not_supported, std::move(what), std::move(hint));
}

/// Of a 2-dimensional tensor's shape; 0 if there is no such dimension.
std::uint64_t size_of(const gguf::TensorHeader& tensor, std::size_t dimension) {
  return dimension < tensor.shape.size() ? tensor.shape[dimension] : 0;
}

}  // namespace

PromptFormat format_of(const gguf::Header& header) {
  const auto format = gguf::text_of(header, "idi.prompt_format");
  return format == "nano" ? PromptFormat::nano : PromptFormat::chat;
}

Result<gguf::ModelFacts> check_model(const std::filesystem::path& file) {
  IDI_TRY(const auto header, gguf::read_header(file));
  auto facts = gguf::facts_of(header);
  if (!facts) return facts.error().with_context(file.string());
  if (gguf::count_of(header, "split.count").value_or(1) > 1) {
    return unfit(fmt::format("{} is one part of a model that was split", file.string()),
                 "Join the parts with llama-gguf-split --merge.");
  }
  if (facts->is_adapter) {
    return unfit(fmt::format("{} is a LoRA adapter, not a model", file.string()),
                 "Name the model that it was made for: idi model add FILE --adapter-of MODEL.");
  }
  if (!facts->generates_text) {
    return unfit(
        fmt::format("{} ({}) is no model that writes text", file.string(), facts->architecture),
        "Embedders, encoder-decoders and picture models cannot answer.");
  }
  return facts;
}

Status check_is(const CatalogueEntry& entry, const gguf::ModelFacts& facts) {
  const bool same =
      (entry.architecture.empty() || entry.architecture == facts.architecture) &&
      (entry.layers == 0 || entry.layers == facts.layers) &&
      (entry.embedding_length == 0 || entry.embedding_length == facts.embedding_length);
  if (same) return {};
  return make_error(
      ErrorCode::unreadable,
      fmt::format("the file is another model than {}: {}, {} layers of width {}, where {}, {} "
                  "layers of width {} are expected",
                  entry.profile.name, facts.architecture, facts.layers, facts.embedding_length,
                  entry.architecture, entry.layers, entry.embedding_length),
      "Check the mirror.");
}

Status check_adapter(const std::filesystem::path& adapter, const std::filesystem::path& model) {
  IDI_TRY(const auto header, gguf::read_header(adapter));
  auto facts = gguf::facts_of(header);
  if (!facts) return facts.error().with_context(adapter.string());
  const auto kind = gguf::text_of(header, "adapter.type");
  if (!facts->is_adapter || (kind && *kind != "lora")) {
    return unfit(fmt::format("{} is no LoRA adapter", adapter.string()),
                 "llama.cpp's convert_lora_to_gguf.py makes one.");
  }
  IDI_TRY(const auto base, gguf::read_header(model));
  IDI_TRY(const auto base_facts, gguf::facts_of(base));
  const auto other = [&](std::string why) {
    return unfit(fmt::format("{} was made for another model: {}", adapter.string(), why), "");
  };
  if (base_facts.architecture != facts->architecture) {
    return other(
        fmt::format("{}, and the model is {}", facts->architecture, base_facts.architecture));
  }
  std::map<std::string_view, const gguf::TensorHeader*> tensors;
  for (const auto& tensor : base.tensors) tensors.emplace(tensor.name, &tensor);
  for (const auto& tensor : header.tensors) {
    // A = [inputs, rank], B = [rank, outputs] of the matrix [inputs, outputs].
    const std::string_view name = tensor.name;
    const bool is_a = name.ends_with(".lora_a");
    if (!is_a && !name.ends_with(".lora_b")) continue;
    const auto found = tensors.find(name.substr(0, name.size() - 7));
    if (found == tensors.end()) return other(fmt::format("the model has no {}", name));
    // Of embeddings llama.cpp keeps the two in other orders.
    if (found->first == "token_embd.weight") continue;
    const std::size_t dimension = is_a ? 0 : 1;
    const std::uint64_t has = size_of(tensor, dimension);
    const std::uint64_t needs = size_of(*found->second, dimension);
    if (has != needs) {
      return other(fmt::format("{} has {} where the model has {}", name, has, needs));
    }
  }
  return {};
}

}  // namespace idi::model_store
