// Any bytes as an example file: refused with FormatError, or read and written again.
#include <cstdint>

#include "example_codec.hpp"
#include "fuzz_file.hpp"
#include "idi/model_io/example_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi::model_io;
  try {
    // A sound header before the fuzzer's bytes: it shall work on the examples.
    ByteSink sink;
    sink.texts({{"symbol_count", "42"},
                {"relation_count", "64"},
                {"node_class_count", "16"},
                {"gram_buckets", "8192"},
                {"word_class_count", "46"},
                {"vocabulary", "u\na\nb\n"},
                {"sources", "s\n"},
                {"databases", "d\ne\n"}});
    sink.raw(std::as_bytes(std::span(data, size)));
    const auto bytes = sink.bytes();
    const FuzzFile file(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                        example_magic, example_file_version, size > 0 ? data[0] % 4U : 0U);
    const ExampleSet set = read_examples(file.path());
    ExampleEncoder encoder;
    for (const TrainingExample& example : set.examples) encoder.encode(example, sink);
  } catch (const FormatError&) {
  }
  return 0;
}
