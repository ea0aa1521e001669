# The checks of the source tree, as tests, so that one ctest run says everything.
foreach(check layers words format)
  add_test(
    NAME check_${check}
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/check_${check}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(check_${check} PROPERTIES LABELS fast COST 1000)
endforeach()
