#include "manifest.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "pins.hpp"

namespace idi::llama_runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Manifest example() {
  Manifest manifest;
  manifest.installation = {"0.7.0 (build 11669)",
                           "http://deb.debian.org/debian",
                           "amd64",
                           true,
                           {{"libggml0", "0.27.0-1", "amd64", "abc"}}};
  manifest.loader = "files/usr/lib/t/ld-linux.so.2";
  manifest.server = "files/usr/bin/llama-server";
  manifest.quantize = "files/usr/bin/llama-quantize";
  manifest.library_folders = {"files/usr/lib/t", "files/usr/lib/t/llama"};
  return manifest;
}

ErrorCode code_of(const std::string& text) {
  const auto manifest = parse_manifest(text);
  return manifest ? ErrorCode::internal : manifest.error().code;
}

TEST(Manifest, ReadsWhatItWrites) {
  const auto read = parse_manifest(to_text(example()));
  ASSERT_TRUE(read) << read.error().to_text();
  EXPECT_EQ(to_text(*read), to_text(example()));
  EXPECT_EQ(read->installation.version, "0.7.0 (build 11669)");
  EXPECT_TRUE(read->installation.pinned);
  ASSERT_EQ(read->installation.packages.size(), 1U);
  EXPECT_EQ(read->installation.packages[0].version, "0.27.0-1");
}

TEST(Manifest, ProgramsRunThroughTheirOwnLoader) {
  const Runtime runtime = runtime_of(example(), "/p");
  EXPECT_THAT(runtime.server, ElementsAre("/p/files/usr/lib/t/ld-linux.so.2", "--library-path",
                                          "/p/files/usr/lib/t:/p/files/usr/lib/t/llama",
                                          "/p/files/usr/bin/llama-server"));
  EXPECT_EQ(runtime.quantize.back(), "/p/files/usr/bin/llama-quantize");
  EXPECT_EQ(runtime.origin, Runtime::Origin::installed);
}

TEST(Manifest, DamageIsSaid) {
  const std::string whole = to_text(example());
  EXPECT_EQ(code_of(""), ErrorCode::unreadable);
  EXPECT_EQ(code_of("something else\n"), ErrorCode::unreadable);
  EXPECT_EQ(code_of(whole.substr(0, whole.find("library"))), ErrorCode::unreadable);
  EXPECT_EQ(code_of(whole + "surprise yes\n"), ErrorCode::unreadable);
  EXPECT_EQ(code_of(whole + "package only-a-name\n"), ErrorCode::unreadable);
  EXPECT_EQ(code_of("idi-llama-runtime 99\n"), ErrorCode::wrong_version);
}

TEST(Manifest, NoPathLeavesThePrefix) {
  for (const char* path : {"/bin/sh", "../../bin/sh", ""}) {
    Manifest manifest = example();
    manifest.server = path;
    EXPECT_EQ(code_of(to_text(manifest)), ErrorCode::unreadable) << path;
  }
}

TEST(Installation, NothingThereIsNoError) {
  const testing::ScratchFolder folder;
  const auto installation = read_installation(folder.path());
  ASSERT_TRUE(installation);
  EXPECT_FALSE(*installation);
  EXPECT_EQ(verify_installation(folder.path(), {}).error().code, ErrorCode::not_found);
}

TEST(Installation, ADamagedManifestIsAnErrorOfFindingToo) {
  const testing::ScratchFolder folder;
  std::ofstream(folder.path() / manifest_name) << "damaged\n";
  EXPECT_EQ(read_installation(folder.path()).error().code, ErrorCode::unreadable);
}

TEST(Pins, AreAskedForByVersion) {
  EXPECT_THAT(pinned_packages("amd64"), Contains(HasSubstr("llama.cpp-tools=")));
  EXPECT_EQ(pinned_packages("amd64").size(), pinned_packages("arm64").size());
  EXPECT_TRUE(pinned_packages("m68k").empty());
}

std::vector<InstalledPackage> pinned_as_installed(const std::string& sha256) {
  std::vector<InstalledPackage> packages;
  for (const auto& pin : pinned_packages("amd64")) {
    const std::size_t sign = pin.find('=');
    packages.push_back({pin.substr(0, sign), pin.substr(sign + 1), "amd64", sha256});
  }
  return packages;
}

TEST(Pins, AKnownVersionWithOtherContentsIsRefused) {
  const auto matched = matches_pins(pinned_as_installed("0000"), "amd64");
  ASSERT_FALSE(matched);
  EXPECT_EQ(matched.error().code, ErrorCode::unreadable);
}

TEST(Pins, OtherVersionsAreOnlyNotPinned) {
  auto packages = pinned_as_installed("0000");
  for (auto& package : packages) package.version += "+newer";
  const auto matched = matches_pins(packages, "amd64");
  ASSERT_TRUE(matched);
  EXPECT_FALSE(*matched);
  EXPECT_FALSE(*matches_pins({}, "m68k"));
}

}  // namespace
}  // namespace idi::llama_runtime
