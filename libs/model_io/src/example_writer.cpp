#include "crc32c.hpp"
#include "example_codec.hpp"
#include "file_io.hpp"

namespace idi::model_io {
namespace {

constexpr std::size_t flush_bytes = std::size_t{1} << 20;

class FileExampleWriter final : public ExampleWriter {
 public:
  FileExampleWriter(const std::string& path, const ExampleHeader& header)
      : path_(path), limits_(limits_of(header, path)), file_(path) {
    file_.append(encode_frame(example_magic, frame_));
    sink_.texts(header);
    flush();
  }

  void add(const TrainingExample& example) override {
    check_example(example, limits_, path_);
    encoder_.encode(example, sink_);
    ++frame_.count;
    if (sink_.size() >= flush_bytes) flush();
  }

  void finish() override {
    flush();
    frame_.version = example_file_version;
    file_.overwrite_start(encode_frame(example_magic, frame_));
    file_.commit();
  }

 private:
  void flush() {
    file_.append(sink_.bytes());
    frame_.body_checksum = crc32c(sink_.bytes(), frame_.body_checksum);
    frame_.file_bytes += sink_.size();
    sink_.clear();
  }

  std::string path_;
  ExampleLimits limits_;
  NewFile file_;
  ByteSink sink_;
  ExampleEncoder encoder_;
  Frame frame_{.version = 0, .body_checksum = 0, .file_bytes = frame_bytes, .count = 0};
};

}  // namespace

std::unique_ptr<ExampleWriter> ExampleWriter::create(const std::string& path,
                                                     const ExampleHeader& header) {
  return std::make_unique<FileExampleWriter>(path, header);
}

}  // namespace idi::model_io
