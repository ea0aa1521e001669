# One library = one folder: include/ is public, src/ private, tests/ its tests. The dependencies
# that a room declares here are the only ones that it can include; scripts/check_layers reads the
# same calls and refuses an upward or undeclared include.

function(idi_add_rooms)
  foreach(room IN LISTS ARGN)
    get_filename_component(name ${room} NAME)
    if(IDI_ROOMS STREQUAL "" OR name IN_LIST IDI_ROOMS)
      if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/CMakeLists.txt)
        add_subdirectory(${room})
      endif()
    endif()
  endforeach()
endfunction()

# idi_add_library(NAME SOURCES a.cpp … [DEPENDS core …] [PUBLIC_LINK …] [PRIVATE_LINK …])
# DEPENDS names rooms; *_LINK names third-party targets.
function(idi_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PUBLIC_LINK;PRIVATE_LINK" ${ARGN})
  add_library(idi_${name} STATIC ${ARG_SOURCES})
  add_library(idi::${name} ALIAS idi_${name})
  target_include_directories(
    idi_${name}
    PUBLIC include
    PRIVATE src)
  list(TRANSFORM ARG_DEPENDS PREPEND idi::)
  target_link_libraries(
    idi_${name}
    PUBLIC ${ARG_DEPENDS} ${ARG_PUBLIC_LINK}
    PRIVATE idi_options ${ARG_PRIVATE_LINK})
endfunction()

# idi_add_test(NAME SOURCES … [DEPENDS rooms …] [LINK third-party …] [LABELS fast|data|…])
# Tests run from the project's root; each gtest case is one ctest entry group.
function(idi_add_test name)
  if(NOT IDI_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND idi::)
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} ${ARG_LINK} idi_options GTest::gmock
                                        GTest::gtest_main)
  target_include_directories(${name} PRIVATE src)
  # Compiled more often than run: a quarter less time for the compiler.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  add_test(
    NAME ${name}
    COMMAND ${name}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600)
  if("fast" IN_LIST ARG_LABELS)
    # ctest starts the costliest first: what is quick reports first.
    set_tests_properties(${name} PROPERTIES COST 1000)
  endif()
endfunction()

# idi_add_program(NAME SOURCES … DEPENDS rooms … [LINK third-party …])
function(idi_add_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND idi::)
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} ${ARG_LINK} idi_options)
  target_include_directories(${name} PRIVATE src)
endfunction()

# idi_add_fuzz(NAME SOURCES … [DEPENDS rooms …]): a libFuzzer target, built with IDI_BUILD_FUZZ only
# (preset fuzz). Its seeds, if any, lie in fuzz/corpus/<name>.
function(idi_add_fuzz name)
  if(NOT IDI_BUILD_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND idi::)
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} idi_options)
  target_include_directories(${name} PRIVATE src)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
