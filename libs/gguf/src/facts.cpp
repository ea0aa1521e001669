#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "idi/gguf/gguf.hpp"
#include "tensor_types.hpp"

namespace idi::gguf {
namespace {

/// llama.cpp evaluates prompts in pieces of so many tokens (its n_ubatch).
constexpr std::uint64_t batch_tokens = 512;
/// The program itself, its threads and tables.
constexpr std::uint64_t program_bytes = std::uint64_t{128} << 20;

Result<std::uint64_t> needed(const Header& header, const std::string& key) {
  if (const auto value = count_of(header, key)) return *value;
  return make_error(
      ErrorCode::unreadable,
      fmt::format("the file does not say its {}, which every language model does", key),
      "Use the GGUF file of a text model.");
}

bool has_tensor(const Header& header, std::string_view name) {
  return std::any_of(header.tensors.begin(), header.tensors.end(),
                     [name](const TensorHeader& tensor) { return tensor.name == name; });
}

/// Encoder-decoders, embedders and the parts of picture models have GGUF files too.
bool is_decoder(const Header& header, const ModelFacts& facts) {
  if (facts.vocabulary == 0 || !has_tensor(header, "token_embd.weight")) return false;
  if (count_of(header, facts.architecture + ".pooling_type").value_or(0) != 0) return false;
  const auto causal = header.metadata.find(facts.architecture + ".attention.causal");
  if (causal != header.metadata.end() && causal->second == Value(false)) return false;
  return std::none_of(header.tensors.begin(), header.tensors.end(),
                      [](const TensorHeader& tensor) { return tensor.name.starts_with("enc."); });
}

}  // namespace

std::optional<std::string> text_of(const Header& header, const std::string& key) {
  const auto found = header.metadata.find(key);
  if (found == header.metadata.end()) return std::nullopt;
  const auto* text = std::get_if<std::string>(&found->second);
  return text ? std::optional(*text) : std::nullopt;
}

std::optional<std::uint64_t> count_of(const Header& header, const std::string& key) {
  const auto found = header.metadata.find(key);
  if (found == header.metadata.end()) return std::nullopt;
  if (const auto* natural = std::get_if<std::uint64_t>(&found->second)) return *natural;
  std::int64_t number = -1;
  if (const auto* whole = std::get_if<std::int64_t>(&found->second)) number = *whole;
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&found->second)) {
    if (!list->empty()) number = *std::max_element(list->begin(), list->end());
  }
  return number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(number));
}

Result<ModelFacts> facts_of(const Header& header) {
  ModelFacts facts;
  const auto architecture = text_of(header, "general.architecture");
  if (!architecture || architecture->empty()) {
    return make_error(ErrorCode::unreadable,
                      "the file does not say its general.architecture, which every model does",
                      "Use the GGUF file of a text model.");
  }
  facts.architecture = *architecture;
  facts.name = text_of(header, "general.name").value_or("");
  facts.licence = text_of(header, "general.license").value_or("");
  facts.is_adapter = text_of(header, "general.type").value_or("model") == "adapter";

  std::map<std::uint32_t, std::uint64_t> numbers_by_type;
  for (const auto& tensor : header.tensors) {
    const std::uint64_t numbers = numbers_in(tensor.shape).value_or(0);
    numbers_by_type[tensor.type] += numbers;
    facts.parameters += numbers;
  }
  const auto most = std::max_element(
      numbers_by_type.begin(), numbers_by_type.end(),
      [](const auto& one, const auto& other) { return one.second < other.second; });
  if (most != numbers_by_type.end()) facts.quantization = type_name(most->first);
  // An adapter says nothing of the model's shape.
  if (facts.is_adapter) return facts;

  const std::string prefix = facts.architecture + ".";
  IDI_TRY(facts.context_length, needed(header, prefix + "context_length"));
  IDI_TRY(facts.layers, needed(header, prefix + "block_count"));
  IDI_TRY(facts.embedding_length, needed(header, prefix + "embedding_length"));
  // Models without attention (state spaces) have no heads.
  facts.heads = count_of(header, prefix + "attention.head_count").value_or(0);
  facts.kv_heads = count_of(header, prefix + "attention.head_count_kv").value_or(facts.heads);
  const auto tokens = header.metadata.find("tokenizer.ggml.tokens");
  if (tokens != header.metadata.end()) {
    const auto* list = std::get_if<std::vector<std::string>>(&tokens->second);
    if (list) facts.vocabulary = list->size();
  }
  facts.has_chat_template = text_of(header, "tokenizer.chat_template").has_value();
  facts.generates_text = is_decoder(header, facts);
  return facts;
}

std::uint64_t memory_needed(const Header& header, const ModelFacts& facts, std::uint64_t context,
                            std::uint64_t slots) {
  const std::string prefix = facts.architecture + ".";
  const std::uint64_t weights =
      header.file_bytes > header.data_begin ? header.file_bytes - header.data_begin : 0;
  const std::uint64_t head = facts.heads > 0 ? facts.embedding_length / facts.heads : 0;
  const std::uint64_t key = count_of(header, prefix + "attention.key_length").value_or(head);
  const std::uint64_t value = count_of(header, prefix + "attention.value_length").value_or(head);
  constexpr std::uint64_t half_bytes = 2, float_bytes = 4;
  // As floating point, then cut off: a hostile header's product must not wrap around.
  const double tokens = static_cast<double>(context) * static_cast<double>(slots);
  const double cache = static_cast<double>(facts.layers) * static_cast<double>(facts.kv_heads) *
                       static_cast<double>(key + value) * half_bytes * tokens;
  // Of one piece of the prompt: logits, a few rows of the network's width, attention scores.
  const std::uint64_t inner = count_of(header, prefix + "feed_forward_length").value_or(0);
  const double width = static_cast<double>(facts.vocabulary) +
                       8 * static_cast<double>(facts.embedding_length) +
                       3 * static_cast<double>(inner) +
                       static_cast<double>(facts.heads) * static_cast<double>(context);
  const double compute = width * batch_tokens * float_bytes;
  const double sum = static_cast<double>(weights) + cache + compute + program_bytes;
  constexpr double most = 1e18;
  return static_cast<std::uint64_t>(std::min(sum, most));
}

}  // namespace idi::gguf
