#include "export.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/gguf/gguf.hpp"

namespace idi::lm {
namespace {

using gguf::TensorType;

/// Longer than any prompt: 24 tables, 160 columns, 64 words with what is linked to them, an answer.
constexpr std::uint32_t context_length = 4096;
constexpr std::uint32_t mostly_half_precision = 1;  // general.file_type

class GgufExport {
 public:
  explicit GgufExport(const Training& training) : training_(training) {}

  Status write(const std::filesystem::path& file) {
    set_metadata();
    set_tokenizer();
    for (std::size_t i = 0; i < training_.means.size(); ++i) {
      const std::string& name = training_.model->parameters()[i].name;
      const torch::Tensor value = training_.means[i].cpu().contiguous();
      const auto part_of = [&](std::string_view whole, const std::vector<const char*>& parts) {
        std::string prefix = name.substr(0, name.size() - whole.size());
        const auto rows = value.size(0) / static_cast<std::int64_t>(parts.size());
        for (std::size_t p = 0; p < parts.size(); ++p) {
          add(prefix + parts[p], value.narrow(0, static_cast<std::int64_t>(p) * rows, rows));
        }
      };
      if (name.ends_with("attn_qkv")) {
        part_of("attn_qkv", {"attn_q", "attn_k", "attn_v"});
      } else if (name.ends_with("ffn_gate_up")) {
        part_of("ffn_gate_up", {"ffn_gate", "ffn_up"});
      } else {
        add(name, value);
      }
    }
    return writer_.write(file);
  }

 private:
  void add(const std::string& name, const torch::Tensor& value) {
    std::vector<std::uint64_t> shape(value.sizes().rbegin(), value.sizes().rend());
    const torch::Tensor kept = value.contiguous();
    writer_.add_tensor(name + ".weight", std::move(shape),
                       kept.dim() == 1 ? TensorType::f32 : TensorType::f16,
                       [kept](std::uint64_t first, std::span<float> out) {
                         std::copy_n(kept.data_ptr<float>() + first, out.size(), out.data());
                       });
  }

  void set_metadata() {
    const ModelSizes& sizes = training_.model->sizes();
    const auto size = [&](const char* key, std::int64_t value) {
      writer_.set_uint32(fmt::format("llama.{}", key), static_cast<std::uint32_t>(value));
    };
    writer_.set("general.architecture", std::string("llama"));
    writer_.set("general.type", std::string("model"));
    writer_.set("general.name", std::string("idi-nano"));
    writer_.set(
        "general.description",
        std::string("questions about SQL databases in IDI's symbolic format, from scratch"));
    // How IDI knows which of its prompts a model reads.
    writer_.set("idi.prompt_format", std::string("nano"));
    writer_.set("general.license", std::string("cc-by-sa-4.0"));
    writer_.set_uint32("general.file_type", mostly_half_precision);
    size("context_length", context_length);
    size("embedding_length", sizes.width);
    size("block_count", sizes.layers);
    size("feed_forward_length", sizes.inner);
    size("attention.head_count", sizes.heads);
    size("attention.head_count_kv", sizes.heads);
    size("rope.dimension_count", sizes.head());
    size("vocab_size", sizes.vocabulary);
    writer_.set_float32("llama.rope.freq_base", static_cast<float>(rope_base));
    writer_.set_float32("llama.attention.layer_norm_rms_epsilon", static_cast<float>(norm_epsilon));
  }

  void set_tokenizer() {
    std::vector<std::string> texts;
    std::vector<double> scores;
    std::vector<std::int64_t> types;
    for (const Vocabulary::Entry& entry : training_.vocabulary->entries()) {
      texts.push_back(entry.text);
      scores.push_back(static_cast<double>(entry.score));
      types.push_back(entry.type);
    }
    writer_.set("tokenizer.ggml.model", std::string("llama"));
    writer_.set("tokenizer.ggml.pre", std::string("default"));
    writer_.set("tokenizer.ggml.tokens", std::move(texts));
    writer_.set("tokenizer.ggml.scores", std::move(scores));
    writer_.set("tokenizer.ggml.token_type", std::move(types));
    writer_.set_uint32("tokenizer.ggml.unknown_token_id", 0);
    writer_.set_uint32("tokenizer.ggml.bos_token_id", bos_id);
    writer_.set_uint32("tokenizer.ggml.eos_token_id", eos_id);
    writer_.set("tokenizer.ggml.add_bos_token", true);
    writer_.set("tokenizer.ggml.add_eos_token", false);
    // The format's words all have their blank before them.
    writer_.set("tokenizer.ggml.add_space_prefix", false);
  }

  const Training& training_;
  gguf::Writer writer_;
};

}  // namespace

Status write_gguf(const Training& training, const std::filesystem::path& file) {
  return GgufExport(training).write(file);
}

}  // namespace idi::lm
