#include <charconv>
#include <utility>

#include "file_io.hpp"
#include "framing.hpp"
#include "half.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "tensor_layout.hpp"

namespace idi::model_io {
namespace {

class MappedTensorFile final : public TensorFile {
 public:
  explicit MappedTensorFile(const std::string& path) : path_(path), file_(path) {
    const auto bytes = file_.bytes();
    const Frame frame = check_frame(bytes, tensor_magic, tensor_file_version, path, "weights file");
    ByteSource index(bytes.subspan(frame_bytes), path);
    for (auto& [key, text] : index.texts()) texts_.emplace(key, std::move(text));
    for (std::uint64_t i = 0; i < frame.count; ++i) read_entry(index, bytes);
    for (const auto& [name, view] : tensors_) {
      if (view.bytes.data() < bytes.data() + frame_bytes + index.position() && !view.bytes.empty())
        index.fail("tensor " + name + " overlaps the index");
    }
  }

  const TensorView& tensor(std::string_view name) const override {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) missing("tensor", name);
    return found->second;
  }

  std::string_view text(std::string_view key) const override {
    const auto found = texts_.find(key);
    if (found == texts_.end()) missing("text", key);
    return found->second;
  }

  std::vector<std::string> tensor_names() const override {
    std::vector<std::string> names;
    for (const auto& [name, view] : tensors_) names.push_back(name);
    return names;
  }

  std::map<std::string, std::string> texts() const override {
    return {texts_.begin(), texts_.end()};
  }

 private:
  void read_entry(ByteSource& index, std::span<const std::byte> file) {
    const std::string name(index.text());
    const auto type = index.fixed<std::uint32_t>();
    const auto rank = index.fixed<std::uint32_t>();
    if (type > static_cast<std::uint32_t>(TensorType::f16))
      index.fail("tensor " + name + " has an unknown type");
    if (rank > tensor_rank_max) index.fail("tensor " + name + " has too many dimensions");
    TensorView view;
    view.type = static_cast<TensorType>(type);
    const std::uint64_t width = view.type == TensorType::f16 ? 2 : 4;
    std::uint64_t bytes = width;
    for (std::uint32_t i = 0; i < rank; ++i) {
      const auto extent = index.fixed<std::int64_t>();
      if (extent < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(extent), &bytes))
        index.fail("tensor " + name + " has an impossible shape");
      view.shape.push_back(extent);
    }
    const auto offset = index.fixed<std::uint64_t>();
    if (offset % tensor_alignment != 0 || offset > file.size() || bytes > file.size() - offset)
      index.fail("tensor " + name + " lies outside the file");
    view.bytes = file.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(bytes));
    if (!tensors_.emplace(name, std::move(view)).second)
      index.fail("two tensors are named " + name);
  }

  [[noreturn]] void missing(const char* kind, std::string_view name) const {
    throw FormatError(FormatError::Kind::corrupt,
                      path_ + ": it has no " + kind + " \"" + std::string(name) + "\"");
  }

  std::string path_;
  MappedFile file_;
  std::map<std::string, TensorView, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace

std::int64_t TensorView::count() const {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) count *= extent;
  return count;
}

std::shared_ptr<const TensorFile> TensorFile::open(const std::string& path) {
  return std::make_shared<MappedTensorFile>(path);
}

std::vector<float> TensorFile::floats(std::string_view name) const {
  const TensorView& view = tensor(name);
  std::vector<float> values(static_cast<std::size_t>(view.count()));
  if (values.empty()) return values;
  if (view.type == TensorType::f32) {
    std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  } else {
    widen_halves(reinterpret_cast<const std::uint16_t*>(view.bytes.data()), view.count(),
                 values.data());
  }
  return values;
}

int TensorFile::number(std::string_view key) const {
  const std::string_view digits = text(key);
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size())
    throw FormatError(FormatError::Kind::corrupt,
                      "the weights file's \"" + std::string(key) + "\" is not a number");
  return value;
}

}  // namespace idi::model_io
