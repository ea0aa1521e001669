#include <cmath>
#include <set>

#include "crc32c.hpp"
#include "file_io.hpp"
#include "framing.hpp"
#include "half.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "tensor_layout.hpp"

namespace idi::model_io {
namespace {

void check(const TensorData& tensor, TensorType store_as) {
  const auto fail = [&](const std::string& reason) {
    throw FormatError(FormatError::Kind::io_failed, "tensor " + tensor.name + " " + reason);
  };
  if (tensor.shape.size() > tensor_rank_max) fail("has too many dimensions");
  std::int64_t count = 1;
  for (const std::int64_t extent : tensor.shape) {
    if (extent < 0) fail("has a negative dimension");
    count *= extent;
  }
  if (count != static_cast<std::int64_t>(tensor.values.size())) fail("does not fill its shape");
  for (const float value : tensor.values) {
    if (!std::isfinite(value)) fail("holds a value that is not finite: the training diverged");
    if (store_as == TensorType::f16 && !(std::fabs(value) < half_overflow))
      fail("holds a value too large for 16 bits");
  }
}

std::size_t align(std::size_t offset) {
  return (offset + tensor_alignment - 1) / tensor_alignment * tensor_alignment;
}

}  // namespace

void write_tensor_file(const std::string& path, const std::vector<TensorData>& tensors,
                       const std::map<std::string, std::string>& texts, TensorType store_as) {
  const std::size_t width = store_as == TensorType::f16 ? 2 : 4;
  std::set<std::string> names;
  std::size_t index_bytes = sizeof(std::uint64_t);
  for (const auto& [key, text] : texts)
    index_bytes += 2 * sizeof(std::uint64_t) + key.size() + text.size();
  for (const TensorData& tensor : tensors) {
    check(tensor, store_as);
    if (!names.insert(tensor.name).second)
      throw FormatError(FormatError::Kind::io_failed, "two tensors are named " + tensor.name);
    index_bytes += tensor_entry_bytes(tensor.name.size(), tensor.shape.size());
  }

  ByteSink body;
  body.texts(texts);
  std::size_t offset = align(frame_bytes + index_bytes);
  for (const TensorData& tensor : tensors) {
    body.text(tensor.name);
    body.fixed(static_cast<std::uint32_t>(store_as));
    body.fixed(static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::int64_t extent : tensor.shape) body.fixed(extent);
    body.fixed<std::uint64_t>(offset);
    offset = align(offset + width * tensor.values.size());
  }
  // frame_bytes is a multiple of the alignment: padding the body aligns it in the file too.
  static_assert(frame_bytes % tensor_alignment == 0);
  for (const TensorData& tensor : tensors) {
    body.pad_to(tensor_alignment);
    if (store_as == TensorType::f32) {
      body.raw(std::as_bytes(std::span(tensor.values)));
    } else {
      for (const float value : tensor.values) body.fixed(to_half(value));
    }
  }

  NewFile file(path);
  file.append(encode_frame(tensor_magic, {tensor_file_version, crc32c(body.bytes()),
                                          frame_bytes + body.size(), tensors.size()}));
  file.append(body.bytes());
  file.commit();
}

void copy_with_text(const std::string& from, const std::string& to, const std::string& key,
                    const std::string& text) {
  const auto file = TensorFile::open(from);
  std::vector<TensorData> tensors;
  TensorType type = TensorType::f32;
  for (const std::string& name : file->tensor_names()) {
    const TensorView& view = file->tensor(name);
    type = view.type;  // a file has one type for all
    tensors.push_back({name, view.shape, file->floats(name)});
  }
  auto texts = file->texts();
  texts[key] = text;
  write_tensor_file(to, tensors, texts, type);
}

}  // namespace idi::model_io
