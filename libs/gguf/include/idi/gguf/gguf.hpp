// GGUF files: what a language model's file says of itself, and the writing of such files. Reads the
// header alone (metadata and the list of tensors), never a tensor's numbers; every length is
// checked against the file's size before anything is allocated, so that a cut or hostile file is an
// error. Specification: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 3; reads
// 2 too). No state is shared: everything may be used from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::gguf {

/// Arrays hold one kind of value; arrays of arrays are not supported (no model uses them). Read
/// from a file, every width of integer is 64 bits here and every fraction a double.
using Value =
    std::variant<bool, std::uint64_t, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;

/// How a value lies in the file; the numbers are the format's.
enum class ValueType : std::uint32_t {
  uint8 = 0,
  int8 = 1,
  uint16 = 2,
  int16 = 3,
  uint32 = 4,
  int32 = 5,
  float32 = 6,
  boolean = 7,
  text = 8,
  array = 9,
  uint64 = 10,
  int64 = 11,
  float64 = 12
};

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

/// The text under `key`; nullopt where there is none, or no text.
[[nodiscard]] std::optional<std::string> text_of(const Header& header, const std::string& key);
/// The same for an integer that is not negative; of an array (one number per layer) the greatest.
[[nodiscard]] std::optional<std::uint64_t> count_of(const Header& header, const std::string& key);

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
  bool generates_text =
      false;  ///< A decoder with its vocabulary: what llama-server can answer with.
};
/// Errors: unreadable where a key is missing that every model has.
[[nodiscard]] Result<ModelFacts> facts_of(const Header& header);

/// Bytes of memory that running it takes: weights, key-value cache of `context` tokens at f16 for
/// `slots` slots, and the compute buffers, as an estimate from above. Weights count once: where
/// llama.cpp rearranges them for the processor, it needs the mapped file no more, and the system
/// can take those pages back, although they are still counted as resident.
[[nodiscard]] std::uint64_t memory_needed(const Header& header, const ModelFacts& facts,
                                          std::uint64_t context, std::uint64_t slots);

/// Writes a file from the beginning to the end; tensors' numbers are asked for only when it is
/// their turn, so that a model larger than memory can be written. A key or a tensor named twice, a
/// width that does not fit and a row that is no multiple of its type's block are faults of the
/// caller's (IDI_ASSERT).
class Writer {
 public:
  /// Fills `row_major` with the tensor's numbers from `first` on (the fastest dimension first).
  /// Asked in order, a part at a time; every number is asked for once.
  using Numbers = std::function<void(std::uint64_t first, std::span<float> row_major)>;

  /// In the widths that llama.cpp reads for lists: whole numbers in lists are int32 (token_type),
  /// fractions in lists float32 (scores). Single numbers are 64 bits wide, which llama.cpp refuses
  /// for the keys it knows: see set_uint32, set_float32 and the overload below.
  void set(std::string key, Value value);
  /// `type`: of the value, or of a list's elements.
  void set(std::string key, Value value, ValueType type);
  /// What nearly every key of a model wants: block_count, context_length, token ids …
  void set_uint32(std::string key, std::uint32_t value);
  /// … and epsilons, frequency bases.
  void set_float32(std::string key, float value);
  /// q8_0 needs rows (shape[0]) of a multiple of 32 numbers. At most four dimensions.
  void add_tensor(std::string name, std::vector<std::uint64_t> shape, TensorType type,
                  Numbers numbers);
  /// Errors: io_failed; the file is written beside and renamed, so a failure leaves none.
  [[nodiscard]] Status write(const std::filesystem::path& path) const;

 private:
  struct Entry {
    Value value;
    ValueType type;
  };
  struct Tensor {
    TensorHeader header;
    Numbers numbers;
  };
  std::vector<std::pair<std::string, Entry>> metadata_;
  std::vector<Tensor> tensors_;
};

}  // namespace idi::gguf
