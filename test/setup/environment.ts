/** The tests and the processes they start see one environment, whatever terminal or CI they run in: no colours. */
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";
