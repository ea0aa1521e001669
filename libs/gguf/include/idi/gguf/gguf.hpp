// GGUF files: what a language model's file says of itself, and the writing of such files. Reads the
// header alone (metadata and the list of tensors), never a tensor's numbers; every length is
// checked against the file's size before anything is allocated, so that a cut or hostile file is an
// error. Specification: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 3; reads
// 2 too).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::gguf {

/// Arrays hold one kind of value; arrays of arrays are not supported (no model uses them).
using Value =
    std::variant<bool, std::uint64_t, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;

/// ggml's numbers.
enum class TensorType : std::uint32_t { f32 = 0, f16 = 1, q8_0 = 8, bf16 = 30 };

struct TensorHeader {
  std::string name;
  std::vector<std::uint64_t> shape;  ///< ggml's order: the fastest running dimension first.
  std::uint32_t type = 0;            ///< ggml's number; more exist than TensorType names.
  std::uint64_t offset = 0;          ///< From the beginning of the tensor data.
};

struct Header {
  std::uint32_t version = 3;
  std::map<std::string, Value> metadata;
  std::vector<TensorHeader> tensors;
  std::uint64_t data_begin = 0;  ///< Byte offset in the file.
  std::uint64_t file_bytes = 0;
};

/// Errors: not_found, unreadable (no GGUF, cut short: says how many bytes are missing, a length
/// that cannot be), wrong_version.
[[nodiscard]] Result<Header> read_header(const std::filesystem::path& path);

/// What matters of a model to whoever runs it.
struct ModelFacts {
  std::string architecture;  ///< "qwen2", "llama".
  std::string name;
  std::string licence;       ///< As the file says; may be empty.
  std::string quantization;  ///< Of most of its numbers: "Q4_K", "F16".
  std::uint64_t parameters = 0;
  std::uint64_t context_length = 0;  ///< Tokens it was trained on.
  std::uint64_t layers = 0, embedding_length = 0, heads = 0, kv_heads = 0, vocabulary = 0;
  bool has_chat_template = false;
  bool is_adapter = false;  ///< general.type = adapter (LoRA).
};
/// Errors: unreadable where a key is missing that every model has.
[[nodiscard]] Result<ModelFacts> facts_of(const Header& header);

/// Bytes of memory that running it takes: weights (mapped), key-value cache of `context` tokens at
/// f16 for `slots` slots, and the compute buffers, as an estimate from above.
[[nodiscard]] std::uint64_t memory_needed(const Header& header, const ModelFacts& facts,
                                          std::uint64_t context, std::uint64_t slots);

/// Writes a file from the beginning to the end; tensors' numbers are asked for only when it is
/// their turn, so that a model larger than memory can be written.
class Writer {
 public:
  /// Fills `row_major` with the tensor's numbers from `first` on.
  using Numbers = std::function<void(std::uint64_t first, std::span<float> row_major)>;

  void set(std::string key, Value value);
  /// 32-bit integers and floats are what most keys of a model are: these set the file's type.
  void set_uint32(std::string key, std::uint32_t value);
  void set_float32(std::string key, float value);
  void add_tensor(std::string name, std::vector<std::uint64_t> shape, TensorType type,
                  Numbers numbers);
  /// Errors: io_failed; the file is written beside and renamed, so a failure leaves none.
  [[nodiscard]] Status write(const std::filesystem::path& path) const;

 private:
  struct Tensor {
    TensorHeader header;
    Numbers numbers;
  };
  std::vector<std::pair<std::string, Value>> metadata_;
  std::map<std::string, std::uint32_t> value_types_;
  std::vector<Tensor> tensors_;
};

}  // namespace idi::gguf
