#include <algorithm>

#include "example_codec.hpp"
#include "file_io.hpp"

namespace idi::model_io {

ExampleSet read_examples(const std::string& path) {
  const MappedFile file(path);
  const Frame frame =
      check_frame(file.bytes(), example_magic, example_file_version, path, "example file");
  ByteSource source(file.bytes().subspan(frame_bytes), path);
  ExampleSet set;
  set.header = source.texts();
  ExampleDecoder decoder(limits_of(set.header, path));
  // A damaged count must not reserve more than the file can hold.
  set.examples.reserve(static_cast<std::size_t>(
      std::min<std::uint64_t>(frame.count, static_cast<std::uint64_t>(source.remaining()))));
  for (std::uint64_t i = 0; i < frame.count; ++i)
    set.examples.push_back(decoder.decode(source, path));
  if (source.remaining() != 0) source.fail("bytes after the last example");
  return set;
}

}  // namespace idi::model_io
