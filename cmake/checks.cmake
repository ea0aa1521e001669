# The checks of the source tree, as tests, so that one ctest run says everything.
foreach(check layers words format)
  add_test(
    NAME check_${check}
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/check_${check}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(check_${check} PROPERTIES LABELS fast COST 1000)
endforeach()

# Scripts of the source tree, against stand-ins; installing, for real.
foreach(name setup layers)
  add_test(NAME scripts_${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/install/${name}.sh)
  set_tests_properties(scripts_${name} PROPERTIES ENVIRONMENT "SOURCE=${PROJECT_SOURCE_DIR}"
                                                  LABELS fast COST 1000)
endforeach()
if(TARGET idi)
  add_test(NAME install COMMAND ${PROJECT_SOURCE_DIR}/tests/install/install.sh)
  set_tests_properties(
    install
    PROPERTIES
      ENVIRONMENT
      "BUILD=${CMAKE_BINARY_DIR};SOURCE=${PROJECT_SOURCE_DIR};WEIGHTS=${CMAKE_BINARY_DIR}/apps/idi/random-weights.bin"
      FIXTURES_REQUIRED cli_weights
      LABELS cli
      TIMEOUT 180)
endif()
