// Writes a file of made-up examples: idi-train can be tried and timed without real data.
#include <cstdio>
#include <cstdlib>

#include "made_up_examples.hpp"

int main(int count, char** arguments) {
  using namespace idi;
  if (count != 4) {
    std::fputs("Usage: make_examples FILE COUNT SEED\n", stderr);
    return 2;
  }
  try {
    const train::MadeUp shape;
    const auto writer = model_io::ExampleWriter::create(arguments[1], train::made_up_header(shape));
    const auto seed = std::strtoull(arguments[3], nullptr, 10);
    for (int i = 0; i < std::atoi(arguments[2]); ++i)
      writer->add(train::make_up_example(shape, seed * 1'000'003 + static_cast<std::uint64_t>(i)));
    writer->finish();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
