#include "server_arguments.hpp"

#include <gmock/gmock.h>

#include "cores.hpp"
#include "idi/core/text.hpp"

namespace idi::llama_runtime {
namespace {

using ::testing::HasSubstr;

const char* const new_help =
    "-ngl,  --gpu-layers, --n-gpu-layers N   layers\n-fit,  --fit [on|off]   fit\n"
    "--ui,  --webui, --no-ui, --no-webui     page\n--slots, --no-slots  slots\n"
    "--jinja, --no-jinja\n--offline   no network\n-kvu,  --kv-unified, -no-kvu, --no-kv-unified\n"
    "-cram, --cache-ram N\n--spec-ngram-simple-size-n N\n";
const char* const old_help = "--n-gpu-layers N\n--no-webui\n--no-slots\n";
const char* const no_device = "Available devices:\n  (none)\n";
const char* const a_device = "Available devices:\n  Vulkan0: Some card (8192 MiB, 8000 MiB free)\n";

std::string words(const ServerOptions& options, const ServerFeatures& features) {
  Runtime runtime;
  runtime.server = {"loader", "llama-server"};
  return text::join(server_arguments(runtime, options, features, 1234, 6), " ") + " ";
}

TEST(ServerArguments, LoopbackPortModelSlotsAndContextOfAllSlots) {
  ServerOptions options;
  options.model = "/m/model.gguf";
  options.slots = 3;
  options.context_tokens = 1000;
  const std::string text = words(options, features_of(new_help, no_device));
  EXPECT_TRUE(text.starts_with("loader llama-server --host 127.0.0.1 --port 1234 ")) << text;
  EXPECT_THAT(text, HasSubstr("--model /m/model.gguf --parallel 3 --ctx-size 3000 --threads 6 "));
  EXPECT_THAT(text, HasSubstr("--no-ui "));
  EXPECT_THAT(text, HasSubstr("--offline "));
  EXPECT_THAT(text, Not(HasSubstr("--lora")));
}

TEST(ServerArguments, OnlyWhatTheServerKnows) {
  const std::string text = words({}, features_of(old_help, ""));
  EXPECT_THAT(text, HasSubstr("--no-webui "));
  for (const char* option :
       {"--offline", "--jinja", "--slots", "--cache-ram", "--fit", "--no-ui "}) {
    EXPECT_THAT(text, Not(HasSubstr(option)));
  }
}

TEST(ServerArguments, NoPromptIsKeptBesideTheSlotsWhereAdaptersAre) {
  ServerOptions options;
  EXPECT_THAT(words(options, features_of(new_help, "")), HasSubstr("--cache-ram 1024"));
  options.adapters = {"/m/adapter.gguf"};
  EXPECT_THAT(words(options, features_of(new_help, "")), HasSubstr("--cache-ram 0"));
}

TEST(ServerArguments, LayersGoWhereAGraphicsCardIs) {
  ServerOptions options;
  EXPECT_THAT(words(options, features_of(new_help, no_device)), Not(HasSubstr("--n-gpu-layers")));
  EXPECT_THAT(words(options, features_of(new_help, no_device)), HasSubstr("--fit off"));
  // The server itself finds how many fit …
  EXPECT_THAT(words(options, features_of(new_help, a_device)), Not(HasSubstr("--n-gpu-layers")));
  EXPECT_THAT(words(options, features_of(new_help, a_device)), Not(HasSubstr("--fit off")));
  // … an old one does not.
  EXPECT_THAT(words(options, features_of(old_help, a_device)), HasSubstr("--n-gpu-layers 999 "));
  options.gpu_layers = 7;
  EXPECT_THAT(words(options, features_of(new_help, a_device)), HasSubstr("--n-gpu-layers 7 "));
}

TEST(ServerArguments, WhatTheUserSaysComesLast) {
  ServerOptions options;
  options.threads = 2;
  options.adapters = {"/a.gguf", "/b.gguf"};
  options.ngram_speculation = true;
  options.extra_options = {"--threads", "9"};
  const std::string text = words(options, features_of(new_help, no_device));
  EXPECT_THAT(text, HasSubstr("--threads 2 "));
  EXPECT_THAT(text, HasSubstr("--lora /a.gguf --lora /b.gguf --lora-init-without-apply "));
  EXPECT_THAT(text, HasSubstr("--spec-type ngram-simple "));
  EXPECT_TRUE(text.ends_with(" --threads 9 ")) << text;
}

TEST(ServerFeatures, DevicesAreCountedWithoutLibrariesAndWithoutNoise) {
  EXPECT_FALSE(features_of("", "").has_gpu);
  EXPECT_FALSE(features_of("", no_device).has_gpu);
  EXPECT_FALSE(
      features_of("", "Available devices:\n  BLAS: OpenBLAS (0 MiB, 0 MiB free)\n").has_gpu);
  EXPECT_FALSE(features_of("", "  Vulkan0: before the list\n").has_gpu);
  EXPECT_TRUE(features_of("", std::string("noise: x\n") + a_device).has_gpu);
}

TEST(ServerFeatures, AnOptionIsAWholeWord) {
  const ServerFeatures features{"--no-slots, --fit-target N", false};
  EXPECT_FALSE(features.knows("--slots"));
  EXPECT_FALSE(features.knows("--fit"));
  EXPECT_TRUE(features.knows("--fit-target"));
  EXPECT_TRUE(features.knows("--no-slots"));
}

TEST(Cores, WhatAControlGroupGrants) {
  EXPECT_EQ(granted_cores("max 100000"), 0);
  EXPECT_EQ(granted_cores("200000 100000"), 2);
  EXPECT_EQ(granted_cores("150000 100000"), 2);
  EXPECT_EQ(granted_cores("1 100000"), 1);
  for (const char* nonsense : {"", " ", "5", "-1 100000", "100000 0", "x y"}) {
    EXPECT_EQ(granted_cores(nonsense), 0) << nonsense;
  }
}

TEST(Cores, AtLeastOne) { EXPECT_GE(usable_cores(), 1); }

}  // namespace
}  // namespace idi::llama_runtime
